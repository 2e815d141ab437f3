package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.EIO;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_MD_CHECK_REFS: whether pages of the caller are pinned as often as it says. */
final class MdCheckRefs {

  private static final Field LENGTH = in64("check_refs.length", TestFields.UNION);
  private static final Field UPTR = in64("check_refs.uptr", TestFields.UNION + 8);
  private static final Field REFS = in32("check_refs.refs", TestFields.UNION + 16);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_MD_CHECK_REFS",
          4,
          Checks.<Ucmd>inOrder()
              .when("MOCK-007", "something is not aligned", MdCheckRefs::isMisaligned, EINVAL)
              .when("MOCK-007", "the address wraps", MdCheckRefs::wraps, EINVAL),
          MdCheckRefs::run);

  private MdCheckRefs() {}

  private static boolean isMisaligned(Ucmd ucmd) {
    return ((ucmd.u64(LENGTH) | ucmd.u64(UPTR)) & (Processes.PAGE_SIZE - 1)) != 0;
  }

  private static boolean wraps(Ucmd ucmd) {
    return Long.compareUnsigned(ucmd.u64(UPTR) + ucmd.u64(LENGTH), ucmd.u64(UPTR)) < 0;
  }

  private static @Nullable Errno run(Ucmd ucmd) {
    Processes processes = ucmd.kernel().processes();
    for (long offset = 0; offset != ucmd.u64(LENGTH); offset += Processes.PAGE_SIZE) {
      Result<Long> frame = processes.frameAt(ucmd.caller().process(), ucmd.u64(UPTR) + offset);
      if (!frame.isOk()) {
        return frame.errno();
      }
      if (processes.pinsOf(frame.value()) != ucmd.u32(REFS)) {
        return EIO;
      }
    }
    return null;
  }
}
