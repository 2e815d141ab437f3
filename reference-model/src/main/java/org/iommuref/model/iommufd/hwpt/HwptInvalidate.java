package org.iommuref.model.iommufd.hwpt;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.reserved;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import java.util.Objects;
import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.CallUserDataArray;
import org.iommuref.model.iommufd.ioctl.Command;
import org.iommuref.model.iommufd.ioctl.CommandLayout;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Err;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** IOMMU_HWPT_INVALIDATE: makes what is cached of a user's table unusable. */
public final class HwptInvalidate {

  private static final int MOST_ENTRIES = 1 << 19;

  private static final Field HWPT_ID = in32("hwpt_id", 4);
  private static final Field DATA_UPTR = in64("data_uptr", 8);
  private static final Field DATA_TYPE = in32("data_type", 16);
  private static final Field ENTRY_LEN = in32("entry_len", 20);
  private static final Field ENTRY_NUM = in32("entry_num", 24).inOut();
  private static final Field RESERVED = reserved("__reserved", 28, 4);

  /** The command; what it checks comes in its body, for the number is told of a refusal too. */
  public static final Command COMMAND =
      Command.of(
          "IOMMU_HWPT_INVALIDATE",
          0x3b8d,
          CommandLayout.of(
              "iommu_hwpt_invalidate",
              32,
              HWPT_ID,
              DATA_UPTR,
              DATA_TYPE,
              ENTRY_LEN,
              ENTRY_NUM,
              RESERVED),
          Checks.inOrder(),
          HwptInvalidate::run);

  /** What is asked before the driver sees an entry. Linux: iommufd_hwpt_invalidate. */
  public static final CheckList<Ucmd> CHECKS =
      new CheckList<>(
              "iommufd_hwpt_invalidate",
              Checks.<Ucmd>inOrder()
                  .when(
                      "GINV-001", "a reserved field is set", u -> u.u32(RESERVED) != 0, EOPNOTSUPP)
                  .when(
                      "GINV-002",
                      "there are entries and no array",
                      u -> hasEntries(u) && u.u64(DATA_UPTR) == 0,
                      EINVAL)
                  .when(
                      "GINV-002",
                      "there are entries of no length",
                      u -> hasEntries(u) && u.u32(ENTRY_LEN) == 0,
                      EINVAL)
                  .when(
                      "GINV-003",
                      "an entry is longer than a page",
                      u -> hasEntries(u) && u.u64(ENTRY_LEN) > Processes.PAGE_SIZE,
                      EINVAL)
                  .needs(
                      "GINV-003",
                      "there are too many entries",
                      u -> hasEntries(u) && u.u64(ENTRY_NUM) > MOST_ENTRIES,
                      EINVAL)
                  .needs(
                      "GINV-004",
                      "there is no such object",
                      u -> u.misses(HWPT_ID, ObjectBody.class),
                      ENOENT)
                  .needs(
                      "GINV-005",
                      "it has nothing to invalidate",
                      u -> u.misses(HWPT_ID, InvalidationTarget.class),
                      EINVAL)
                  .needs(
                      "GINV-006",
                      "the driver has no invalidation",
                      u -> !u.held(HWPT_ID, InvalidationTarget.class).canInvalidate(),
                      EOPNOTSUPP))
          .orderedBy("GINV-007");

  private HwptInvalidate() {}

  private static boolean hasEntries(Ucmd ucmd) {
    return ucmd.u32(ENTRY_NUM) != 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Errno failure = CHECKS.refusal(ucmd.kernel(), ucmd);
    int done = 0;
    if (failure == null) {
      Result<Integer> handled =
          ucmd.held(HWPT_ID, InvalidationTarget.class).invalidate(entries(ucmd));
      failure = handled.errno();
      done =
          handled instanceof Err<Integer> err
              ? Objects.requireNonNullElse(err.partial(), 0)
              : handled.value();
    }
    ucmd.set(ENTRY_NUM, done);
    return ucmd.respond() == null ? failure : EFAULT;
  }

  private static CallUserDataArray entries(Ucmd ucmd) {
    return new CallUserDataArray(
        ucmd, ucmd.u32(DATA_TYPE), ucmd.u64(DATA_UPTR), ucmd.u32(ENTRY_LEN), ucmd.u32(ENTRY_NUM));
  }
}
