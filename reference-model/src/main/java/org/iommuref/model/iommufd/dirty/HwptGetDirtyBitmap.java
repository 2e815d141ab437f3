package org.iommuref.model.iommufd.dirty;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;
import static org.iommuref.spec.errno.Errno.EOVERFLOW;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.ContiguousAreas;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_HWPT_GET_DIRTY_BITMAP: tells which pages of a range devices have written. */
public final class HwptGetDirtyBitmap {

  private static final int NO_CLEAR = 1;
  private static final Field HWPT_ID = in32("hwpt_id", 4);
  private static final Field FLAGS = in32("flags", 8);
  private static final Field RESERVED = reserved("__reserved", 12, 4);
  private static final Field IOVA = in64("iova", 16);
  private static final Field LENGTH = in64("length", 24);
  private static final Field PAGE_SIZE = in64("page_size", 32);
  private static final Field DATA = in64("data", 40);

  /** The command. DIRTY-017. */
  public static final Command COMMAND =
      Command.of(
              "IOMMU_HWPT_GET_DIRTY_BITMAP",
              0x3b8c,
              CommandLayout.of(
                  "iommu_hwpt_get_dirty_bitmap",
                  48,
                  HWPT_ID,
                  FLAGS,
                  RESERVED,
                  IOVA,
                  LENGTH,
                  PAGE_SIZE,
                  DATA),
              Checks.<Ucmd>inOrder()
                  .when(
                      "DIRTY-008",
                      "a flag is unknown",
                      u -> u.hasUnknown(FLAGS, NO_CLEAR),
                      EOPNOTSUPP)
                  .when(
                      "DIRTY-009", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
                  .needs(
                      "DIRTY-010",
                      "there is no such page table",
                      u -> u.misses(HWPT_ID, HwptPaging.class),
                      ENOENT)
                  .when("DIRTY-011", "the range wraps", HwptGetDirtyBitmap::wraps, EOVERFLOW)
                  .when(
                      "DIRTY-012",
                      "the range is not aligned",
                      u -> meets(u, TrackedDomain.of(u, HWPT_ID).iopt().iovaAlignment() - 1),
                      EINVAL)
                  .when("DIRTY-013", "there is no page size", u -> u.u64(PAGE_SIZE) == 0, EINVAL)
                  .when(
                      "DIRTY-014",
                      "the range does not suit the page size",
                      u -> meets(u, u.u64(PAGE_SIZE) - 1),
                      EINVAL)
                  .when(
                      "DIRTY-016",
                      "it does not record writes",
                      u -> !TrackedDomain.of(u, HWPT_ID).tracksDirty(),
                      EOPNOTSUPP),
              HwptGetDirtyBitmap::run)
          .orderedBy("DIRTY-017");

  private HwptGetDirtyBitmap() {}

  private static long last(Ucmd ucmd) {
    return ucmd.u64(IOVA) + ucmd.u64(LENGTH) - 1;
  }

  /** A length of zero counts as one that is a byte short of 2^64. */
  private static boolean wraps(Ucmd ucmd) {
    return Long.compareUnsigned(last(ucmd), ucmd.u64(IOVA)) < 0;
  }

  private static boolean meets(Ucmd ucmd, long mask) {
    return ((ucmd.u64(IOVA) | (last(ucmd) + 1)) & mask) != 0;
  }

  @Clause({"DIRTY-019", "DIRTY-022", "DIRTY-024", "DIRTY-029", "DIRTY-030", "DIRTY-031"})
  private static @Nullable Errno run(Ucmd ucmd) {
    TrackedDomain tracked = TrackedDomain.of(ucmd, HWPT_ID);
    tracked.iopt().iovaRwsem().downRead();
    try {
      if (ucmd.kernel().fails("allocation of a bitmap")) {
        return ENOMEM;
      }
      IovaBitmap bitmap =
          new IovaBitmap(
              ucmd.kernel().processes(),
              ucmd.caller().process(),
              ucmd.u64(DATA),
              ucmd.u64(IOVA),
              ucmd.u64(LENGTH),
              Long.numberOfTrailingZeros(ucmd.u64(PAGE_SIZE)));
      boolean clear = (ucmd.u32(FLAGS) & NO_CLEAR) == 0;
      Gather gather = new Gather();
      read(ucmd, tracked, clear, bitmap, gather);
      if (clear) {
        ucmd.kernel().backend().sync(tracked.domain(), gather);
      }
      bitmap.free();
      return null;
    } finally {
      tracked.iopt().iovaRwsem().upRead();
    }
  }

  /** Goes on up to the first gap; what fails then is not told. */
  private static void read(
      Ucmd ucmd, TrackedDomain tracked, boolean clear, IovaBitmap bitmap, Gather gather) {
    ContiguousAreas areas = new ContiguousAreas(tracked.iopt(), ucmd.u64(IOVA), last(ucmd));
    Errno failure = null;
    for (Area area = areas.first(); area != null && failure == null; area = areas.next()) {
      long length = areas.lastIn() - areas.iova() + 1;
      Iova iova = new Iova(areas.iova());
      failure =
          tracked
              .driver()
              .readAndClearDirty(tracked.domain(), iova, length, clear, bitmap::set, gather)
              .errno();
    }
  }
}
