package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_MAP: maps memory of the caller. */
public final class IoasMap {

  private static final Field FLAGS = in32("flags", 4);
  private static final Field IOAS_ID = in32("ioas_id", 8);
  private static final Field RESERVED = reserved("__reserved", 12, 4);
  private static final Field USER_VA = in64("user_va", 16);
  private static final Field LENGTH = in64("length", 24);
  private static final Field IOVA = in64("iova", 32).inOut();

  /** The command. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_IOAS_MAP",
              0x3b85,
              CommandLayout.of(
                  "iommu_ioas_map", 40, FLAGS, IOAS_ID, RESERVED, USER_VA, LENGTH, IOVA),
              Checks.<Ucmd>inOrder()
                  .when(
                      "IOAS-026",
                      "a flag is unknown",
                      u -> u.hasUnknown(FLAGS, MapFlags.KNOWN),
                      EOPNOTSUPP)
                  .when(
                      "IOAS-026", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
                  .when(
                      "IOAS-027",
                      "the IOVA is too large",
                      u -> MapFlags.isTooLarge(u.u64(IOVA)),
                      EOVERFLOW)
                  .when(
                      "IOAS-027",
                      "the length is too large",
                      u -> MapFlags.isTooLarge(u.u64(LENGTH)),
                      EOVERFLOW)
                  .when(
                      "IOAS-028",
                      "neither reading nor writing",
                      u -> MapFlags.hasNoRight(u.u32(FLAGS)),
                      EINVAL)
                  .needs(
                      "IOAS-029",
                      "there is no such IOAS",
                      u -> u.misses(IOAS_ID, Ioas.class),
                      ENOENT),
              IoasMap::run)
          .orderedBy("IOAS-032");

  private IoasMap() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    Ioas ioas = ucmd.held(IOAS_ID, Ioas.class);
    int flags = ucmd.u32(FLAGS);
    boolean fixed = (flags & MapFlags.FIXED_IOVA) != 0;
    Result<Long> mapped =
        Mapping.mapMemory(
            ucmd.context(),
            ucmd.caller(),
            ioas,
            ucmd.u64(USER_VA),
            ucmd.u64(LENGTH),
            fixed ? ucmd.u64(IOVA) : null,
            MapFlags.prot(flags));
    if (!mapped.isOk()) {
      return mapped.errno();
    }
    ucmd.set(IOVA, mapped.value());
    return ucmd.respond();
  }
}
