package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.hwpt.HwptNested;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;

/**
 * IOMMU_TEST_OP_MD_CHECK_IOTLB: whether an entry of a nested page table is what the caller says.
 */
final class MdCheckIotlb {

  private static final Field ENTRY = in32("check_iotlb.id", TestFields.UNION);
  private static final Field IOTLB = in32("check_iotlb.iotlb", TestFields.UNION + 4);

  static final TestOp OP =
      TestOp.of(
              "IOMMU_TEST_OP_MD_CHECK_IOTLB",
              14,
              Checks.<Ucmd>inOrder()
                  .needs(
                      "MOCK-021",
                      "there is no such nested page table",
                      u -> u.misses(TestFields.ID, HwptNested.class),
                      ENOENT)
                  .needs(
                      "MOCK-021",
                      "there is no such entry",
                      u -> u.u64(ENTRY) >= FalseIotlb.ENTRIES,
                      EINVAL)
                  .when("MOCK-021", "the value is another", MdCheckIotlb::differs, EINVAL),
              ucmd -> null)
          .needing(FalseIotlb.class);

  private MdCheckIotlb() {}

  private static boolean differs(Ucmd ucmd) {
    HwptNested hwpt = ucmd.held(TestFields.ID, HwptNested.class);
    FalseIotlb driver = ucmd.kernel().extension(FalseIotlb.class).orElseThrow();
    return driver.iotlb(hwpt.common().domain(), ucmd.u32(ENTRY)) != ucmd.u32(IOTLB);
  }
}
