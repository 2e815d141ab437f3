package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_UNMAP: unmaps whole areas, or everything. */
public final class IoasUnmap {

  private static final Field IOAS_ID = in32("ioas_id", 4);
  private static final Field IOVA = in64("iova", 8);
  private static final Field LENGTH = in64("length", 16).inOut();

  /** The command. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_IOAS_UNMAP",
              0x3b86,
              CommandLayout.of("iommu_ioas_unmap", 24, IOAS_ID, IOVA, LENGTH),
              Checks.<Ucmd>inOrder()
                  .needs(
                      "IOAS-109",
                      "there is no such IOAS",
                      u -> u.misses(IOAS_ID, Ioas.class),
                      ENOENT)
                  .when(
                      "IOAS-111",
                      "the IOVA is too large",
                      u -> !isEverything(u) && MapFlags.isTooLarge(u.u64(IOVA)),
                      EOVERFLOW)
                  .when(
                      "IOAS-111",
                      "the length is too large",
                      u -> !isEverything(u) && MapFlags.isTooLarge(u.u64(LENGTH)),
                      EOVERFLOW)
                  .when("IOAS-112", "there is no length", u -> u.u64(LENGTH) == 0, EINVAL)
                  .when(
                      "IOAS-113", "the range wraps", u -> !isEverything(u) && wraps(u), EOVERFLOW),
              IoasUnmap::run)
          .orderedBy("IOAS-114");

  /** What is asked once the range is empty. */
  public static final CheckList<Removed> REMOVED =
      new CheckList<>(
          "iommufd_ioas_unmap",
          Checks.<Removed>inOrder()
              .when("IOAS-116", "nothing was there", Removed::isNothingOfARange, ENOENT));

  private IoasUnmap() {}

  /**
   * What an unmap has removed.
   *
   * @param bytes in mappings
   * @param everything whether it was asked for everything
   */
  public record Removed(long bytes, boolean everything) {

    private boolean isNothingOfARange() {
      return bytes == 0 && !everything;
    }
  }

  private static boolean isEverything(Ucmd ucmd) {
    return ucmd.u64(IOVA) == 0 && ucmd.u64(LENGTH) == -1L;
  }

  private static long last(Ucmd ucmd) {
    return ucmd.u64(IOVA) + ucmd.u64(LENGTH) - 1;
  }

  private static boolean wraps(Ucmd ucmd) {
    return Long.compareUnsigned(last(ucmd), ucmd.u64(IOVA)) < 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    IoPagetable iopt = ucmd.held(IOAS_ID, Ioas.class).iopt();
    boolean everything = isEverything(ucmd);
    Result<Long> unmapped =
        everything ? iopt.unmap(0, -1L) : iopt.unmap(ucmd.u64(IOVA), last(ucmd));
    if (!unmapped.isOk()) {
      return unmapped.errno();
    }
    Errno refusal = REMOVED.refusal(ucmd.kernel(), new Removed(unmapped.value(), everything));
    if (refusal != null) {
      return refusal;
    }
    ucmd.set(LENGTH, unmapped.value());
    return ucmd.respond();
  }
}
