package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.EBADFD;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_DESTROY_ACCESS_PAGES: undoes one pin of an access. MOCK-014. */
final class DestroyAccessPages {

  private static final Field ACCESS_PAGES_ID =
      in32("destroy_access_pages.access_pages_id", TestFields.UNION);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_DESTROY_ACCESS_PAGES",
          6,
          Checks.<Ucmd>inOrder()
              .needs("MOCK-010", "it is no access", u -> TestAccess.find(u) == null, EBADFD),
          DestroyAccessPages::run);

  private DestroyAccessPages() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    TestAccess test = TestAccess.get(ucmd);
    if (test == null) {
      return EBADFD;
    }
    boolean found = test.unpin(ucmd.u32(ACCESS_PAGES_ID));
    test.put();
    return found ? null : ENOENT;
  }
}
