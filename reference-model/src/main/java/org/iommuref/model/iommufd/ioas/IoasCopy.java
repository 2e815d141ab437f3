package org.iommuref.model.iommufd.ioas;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import java.util.List;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.pagetable.AreaNumber;
import org.iommuref.model.iommufd.pagetable.PagesSlice;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_IOAS_COPY: maps in one IOAS what is mapped in another, or elsewhere in the same. */
public final class IoasCopy {

  private static final Field FLAGS = in32("flags", 4);
  private static final Field DST_IOAS_ID = in32("dst_ioas_id", 8);
  private static final Field SRC_IOAS_ID = in32("src_ioas_id", 12);
  private static final Field LENGTH = in64("length", 16);
  private static final Field DST_IOVA = in64("dst_iova", 24).inOut();
  private static final Field SRC_IOVA = in64("src_iova", 32);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_IOAS_COPY",
              0x3b83,
              CommandLayout.of(
                  "iommu_ioas_copy",
                  40,
                  FLAGS,
                  DST_IOAS_ID,
                  SRC_IOAS_ID,
                  LENGTH,
                  DST_IOVA,
                  SRC_IOVA),
              Checks.<Ucmd>inOrder()
                  .when(
                      "IOAS-091",
                      "a flag is unknown",
                      u -> u.hasUnknown(FLAGS, MapFlags.KNOWN),
                      EOPNOTSUPP)
                  .when(
                      "IOAS-092",
                      "the length is too large",
                      u -> MapFlags.isTooLarge(u.u64(LENGTH)),
                      EOVERFLOW)
                  .when(
                      "IOAS-092",
                      "the source is too large",
                      u -> MapFlags.isTooLarge(u.u64(SRC_IOVA)),
                      EOVERFLOW)
                  .when(
                      "IOAS-092",
                      "the destination is too large",
                      u -> MapFlags.isTooLarge(u.u64(DST_IOVA)),
                      EOVERFLOW)
                  .when(
                      "IOAS-093",
                      "neither reading nor writing",
                      u -> MapFlags.hasNoRight(u.u32(FLAGS)),
                      EINVAL)
                  .needs(
                      "IOAS-094",
                      "there is no source IOAS",
                      u -> u.misses(SRC_IOAS_ID, Ioas.class),
                      ENOENT)
                  .when("IOAS-095", "there is no length", u -> u.u64(LENGTH) == 0, EINVAL)
                  .when("IOAS-096", "the source wraps", IoasCopy::wraps, EOVERFLOW),
              IoasCopy::run)
          .beginningWith(IoasCopy::takeNumber)
          .orderedBy("IOAS-100");

  /** What is asked once the source is known. */
  public static final CheckList<Ucmd> DESTINATION =
      new CheckList<>(
          "iommufd_ioas_copy",
          Checks.<Ucmd>inOrder()
              .needs(
                  "IOAS-098",
                  "there is no destination IOAS",
                  u -> u.misses(DST_IOAS_ID, Ioas.class),
                  ENOENT));

  private IoasCopy() {}

  /** The source by number, for the test interface; an unknown IOAS is told of later. MOCK-029. */
  private static void takeNumber(Ucmd ucmd) {
    int flags = ucmd.u32(FLAGS);
    if ((flags & AreaNumber.FLAG) == 0) {
      return;
    }
    ucmd.set(FLAGS, flags & ~AreaNumber.FLAG);
    Ioas source = ucmd.context().objects().get(ucmd.u32(SRC_IOAS_ID), Ioas.class);
    if (source != null) {
      ucmd.set(SRC_IOVA, AreaNumber.iova(source.iopt(), ucmd.u64(SRC_IOVA)));
      ucmd.context().objects().put(source);
    }
  }

  private static long lastOfSource(Ucmd ucmd) {
    return ucmd.u64(SRC_IOVA) + ucmd.u64(LENGTH) - 1;
  }

  private static boolean wraps(Ucmd ucmd) {
    return Long.compareUnsigned(lastOfSource(ucmd), ucmd.u64(SRC_IOVA)) < 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Ioas source = ucmd.held(SRC_IOAS_ID, Ioas.class);
    Result<List<PagesSlice>> found = source.iopt().slices(ucmd.u64(SRC_IOVA), lastOfSource(ucmd));
    ucmd.release(SRC_IOAS_ID);
    if (!found.isOk()) {
      return found.errno();
    }
    List<PagesSlice> slices = found.value();
    Errno failure = DESTINATION.refusal(ucmd.kernel(), ucmd);
    if (failure == null) {
      failure = mapTo(ucmd, slices);
    }
    slices.forEach(PagesSlice::free);
    return failure;
  }

  private static @Nullable Errno mapTo(Ucmd ucmd, List<PagesSlice> slices) {
    Ioas destination = ucmd.held(DST_IOAS_ID, Ioas.class);
    int flags = ucmd.u32(FLAGS);
    boolean fixed = (flags & MapFlags.FIXED_IOVA) != 0;
    Result<Long> mapped =
        destination
            .iopt()
            .map(slices, ucmd.u64(LENGTH), fixed ? ucmd.u64(DST_IOVA) : null, MapFlags.prot(flags));
    if (!mapped.isOk()) {
      return mapped.errno();
    }
    ucmd.set(DST_IOVA, mapped.value());
    return ucmd.respond();
  }
}
