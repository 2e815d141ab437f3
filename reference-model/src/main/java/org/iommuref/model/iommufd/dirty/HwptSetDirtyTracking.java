package org.iommuref.model.iommufd.dirty;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_HWPT_SET_DIRTY_TRACKING: switches the recording of writes on or off. */
public final class HwptSetDirtyTracking {

  private static final int ENABLE = 1;
  private static final Field FLAGS = in32("flags", 4);
  private static final Field HWPT_ID = in32("hwpt_id", 8);
  private static final Field RESERVED = reserved("__reserved", 12, 4);

  /** The command. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_HWPT_SET_DIRTY_TRACKING",
          0x3b8b,
          CommandLayout.of("iommu_hwpt_set_dirty_tracking", 16, FLAGS, HWPT_ID, RESERVED),
          Checks.<Ucmd>inOrder()
              .when("DIRTY-001", "a flag is unknown", u -> u.hasUnknown(FLAGS, ENABLE), EOPNOTSUPP)
              .needs(
                  "DIRTY-002",
                  "there is no such page table",
                  u -> u.misses(HWPT_ID, HwptPaging.class),
                  ENOENT)
              .when(
                  "DIRTY-003",
                  "it does not record writes",
                  u -> !TrackedDomain.of(u, HWPT_ID).tracksDirty(),
                  EOPNOTSUPP),
          HwptSetDirtyTracking::run);

  private HwptSetDirtyTracking() {}

  @Clause({"DIRTY-004", "DIRTY-006", "DIRTY-007"})
  private static @Nullable Errno run(Ucmd ucmd) {
    TrackedDomain tracked = TrackedDomain.of(ucmd, HWPT_ID);
    boolean enable = (ucmd.u32(FLAGS) & ENABLE) != 0;
    tracked.iopt().iovaRwsem().downRead();
    try {
      Errno failure = enable ? clear(ucmd, tracked) : null;
      return failure == null
          ? tracked.driver().setDirtyTracking(tracked.domain(), enable).errno()
          : failure;
    } finally {
      tracked.iopt().iovaRwsem().upRead();
    }
  }

  /** iopt_clear_dirty_data. */
  private static @Nullable Errno clear(Ucmd ucmd, TrackedDomain tracked) {
    DirtyTracking driver = tracked.driver();
    DomainId domain = tracked.domain();
    IoPagetable iopt = tracked.iopt();
    Gather gather = new Gather();
    Errno failure = null;
    for (Area area : iopt.allAreas()) {
      if (area.look().finished() && failure == null) {
        Iova iova = new Iova(area.iova());
        failure =
            driver
                .readAndClearDirty(domain, iova, area.length(), true, (start, length) -> {}, gather)
                .errno();
      }
    }
    ucmd.kernel().backend().sync(domain, gather);
    return failure;
  }
}
