package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.EBADFD;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_ACCESS_REPLACE_IOAS: moves an access to another IOAS. MOCK-018. */
final class AccessReplaceIoas {

  private static final Field IOAS_ID = in32("access_replace_ioas.ioas_id", TestFields.UNION);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_ACCESS_REPLACE_IOAS",
          11,
          Checks.<Ucmd>inOrder()
              .needs("MOCK-010", "it is no access", u -> TestAccess.find(u) == null, EBADFD),
          AccessReplaceIoas::run);

  private AccessReplaceIoas() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    TestAccess test = TestAccess.get(ucmd);
    if (test == null) {
      return EBADFD;
    }
    Errno failure = test.access().replace(ucmd.u32(IOAS_ID));
    test.put();
    return failure;
  }
}
