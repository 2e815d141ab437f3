package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.model.iommufd.ioctl.Field.out32;
import static org.iommuref.spec.errno.Errno.EBADE;
import static org.iommuref.spec.errno.Errno.EBADFD;
import static org.iommuref.spec.errno.Errno.ENOMEM;
import static org.iommuref.spec.errno.Errno.EOPNOTSUPP;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.access.Access;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.model.iommufd.kernel.CheckList;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_ACCESS_PAGES: pins a range and compares its pages with the caller's. */
final class AccessPages {

  private static final int WRITE = 1;
  private static final Field FLAGS = in32("access_pages.flags", TestFields.UNION);
  private static final Field OUT_ACCESS_PAGES_ID =
      out32("access_pages.out_access_pages_id", TestFields.UNION + 4);
  private static final Field IOVA = in64("access_pages.iova", TestFields.UNION + 8);
  private static final Field LENGTH = in64("access_pages.length", TestFields.UNION + 16);
  private static final Field UPTR = in64("access_pages.uptr", TestFields.UNION + 24);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_ACCESS_PAGES",
          7,
          Checks.<Ucmd>inOrder()
              .when(
                  "MOCK-013",
                  "the length is too large",
                  u -> Long.compareUnsigned(u.u64(LENGTH), TestAccess.MOST_BYTES) > 0,
                  ENOMEM)
              .when(
                  "MOCK-013",
                  "a flag is unknown",
                  u -> u.hasUnknown(FLAGS, WRITE | TestAccess.SYZ),
                  EOPNOTSUPP)
              .needs("MOCK-010", "it is no access", u -> TestAccess.find(u) == null, EBADFD),
          AccessPages::run);

  /** What is asked of the access. */
  static final CheckList<TestAccess> ACCESS =
      new CheckList<>(
          "iommufd_test_access_pages",
          Checks.<TestAccess>inOrder()
              .needs("ACC-032", "it does not pin", a -> !a.needsPinPages(), EOPNOTSUPP));

  private AccessPages() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    TestAccess test = TestAccess.get(ucmd);
    if (test == null) {
      return EBADFD;
    }
    Errno failure = ACCESS.refusal(ucmd.kernel(), test);
    if (failure == null) {
      failure = pin(ucmd, test, test.iova(ucmd, IOVA, FLAGS));
    }
    test.put();
    return failure;
  }

  private static @Nullable Errno pin(Ucmd ucmd, TestAccess test, long iova) {
    if (ucmd.kernel().fails("allocation of an array of pages")) {
      return ENOMEM;
    }
    Access access = test.access();
    long length = ucmd.u64(LENGTH);
    test.lock().lock();
    try {
      Result<long[]> pinned = access.pin(iova, length, (ucmd.u32(FLAGS) & WRITE) != 0);
      if (!pinned.isOk()) {
        return pinned.errno();
      }
      Errno failure = ucmd.u64(UPTR) == 0 ? null : compare(ucmd, iova, pinned.value());
      if (failure == null) {
        failure = answer(ucmd, test, iova, length);
      }
      if (failure != null) {
        access.unpin(iova, length);
      }
      return failure;
    } finally {
      test.lock().unlock();
    }
  }

  private static @Nullable Errno answer(Ucmd ucmd, TestAccess test, long iova, long length) {
    if (ucmd.kernel().fails("allocation of a pin of a test access")) {
      return ENOMEM;
    }
    int id = test.add(iova, length);
    ucmd.set(OUT_ACCESS_PAGES_ID, id);
    Errno failure = ucmd.respond();
    if (failure != null) {
      test.forget(id);
    }
    return failure;
  }

  /** iommufd_test_check_pages. MOCK-011, MOCK-012. */
  private static @Nullable Errno compare(Ucmd ucmd, long iova, long[] frames) {
    long address = ucmd.u64(UPTR) - (iova & (Processes.PAGE_SIZE - 1));
    for (long frame : frames) {
      Result<Long> own = ucmd.kernel().processes().frameAt(ucmd.caller().process(), address);
      if (!own.isOk()) {
        return own.errno();
      }
      if (own.value() != frame) {
        return EBADE;
      }
      address += Processes.PAGE_SIZE;
    }
    return null;
  }
}
