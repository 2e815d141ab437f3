package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.EINVAL;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;

/**
 * IOMMU_TEST_OP_SET_TEMP_MEMORY_LIMIT: bounds the lists by which pages are moved. However short
 * they are, runs of adjacent frames are mapped whole, so no answer depends on it.
 */
final class SetTempMemoryLimit {

  private static final int ONE_ENTRY = 12;

  private static final Field LIMIT = in32("memory_limit.limit", TestFields.UNION);

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_SET_TEMP_MEMORY_LIMIT",
          9,
          Checks.<Ucmd>inOrder()
              .when(
                  "MOCK-019",
                  "there is no room for one entry",
                  u -> Integer.compareUnsigned(u.u32(LIMIT), ONE_ENTRY) < 0,
                  EINVAL),
          ucmd -> null);

  private SetTempMemoryLimit() {}
}
