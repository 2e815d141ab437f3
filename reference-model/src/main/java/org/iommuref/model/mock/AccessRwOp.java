package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.EBADFD;
import static org.iommuref.spec.errno.Errno.EFAULT;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.access.AccessTransfer;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_ACCESS_RW: reads or writes through an access. MOCK-016. */
final class AccessRwOp {

  private static final int WRITE = 1;
  private static final int SLOW_PATH = 4;
  private static final Field IOVA = in64("access_rw.iova", TestFields.UNION);
  private static final Field LENGTH = in64("access_rw.length", TestFields.UNION + 8);
  private static final Field UPTR = in64("access_rw.uptr", TestFields.UNION + 16);
  private static final Field FLAGS = in32("access_rw.flags", TestFields.UNION + 24);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_ACCESS_RW",
          8,
          Checks.<Ucmd>inOrder()
              .when(
                  "MOCK-017",
                  "the length is too large",
                  u -> Long.compareUnsigned(u.u64(LENGTH), TestAccess.MOST_BYTES) > 0,
                  ENOMEM)
              .when(
                  "MOCK-017",
                  "a flag is unknown",
                  u -> u.hasUnknown(FLAGS, WRITE | SLOW_PATH | TestAccess.SYZ),
                  EOPNOTSUPP)
              .needs("MOCK-010", "it is no access", u -> TestAccess.find(u) == null, EBADFD),
          AccessRwOp::run);

  private AccessRwOp() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    TestAccess test = TestAccess.get(ucmd);
    if (test == null) {
      return EBADFD;
    }
    Errno failure = move(ucmd, test);
    test.put();
    return failure;
  }

  private static @Nullable Errno move(Ucmd ucmd, TestAccess test) {
    if (ucmd.kernel().fails("allocation of a buffer")) {
      return ENOMEM;
    }
    boolean write = (ucmd.u32(FLAGS) & WRITE) != 0;
    int length = (int) ucmd.u64(LENGTH);
    byte[] buffer = write ? ucmd.copyIn(ucmd.u64(UPTR), length) : new byte[length];
    if (buffer == null) {
      return EFAULT;
    }
    AccessTransfer transfer =
        new AccessTransfer(
            ucmd.caller().process(), buffer, write, (ucmd.u32(FLAGS) & SLOW_PATH) != 0);
    Errno failure = test.access().rw(test.iova(ucmd, IOVA, FLAGS), transfer);
    return failure == null && !write ? ucmd.copyOut(ucmd.u64(UPTR), buffer) : failure;
  }
}
