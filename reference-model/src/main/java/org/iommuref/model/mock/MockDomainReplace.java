package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.AttachRequest;
import org.iommuref.model.iommufd.device.DeviceAttach;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE: moves a mock device to another page table. */
final class MockDomainReplace {

  private static final Field PT_ID = in32("mock_domain_replace.pt_id", TestFields.UNION).inOut();

  static final TestOp OP =
      TestOp.of(
          "IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE",
          10,
          Checks.<Ucmd>inOrder()
              .needs(
                  "MOCK-005",
                  "there is no such mock device",
                  u -> u.misses(TestFields.ID, SelftestDevice.class),
                  ENOENT),
          MockDomainReplace::run);

  private MockDomainReplace() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    SelftestDevice device = ucmd.held(TestFields.ID, SelftestDevice.class);
    Result<Integer> replaced =
        DeviceAttach.replace(device.idev(), AttachRequest.NO_PASID, ucmd.u32(PT_ID));
    if (!replaced.isOk()) {
      return replaced.errno();
    }
    ucmd.set(PT_ID, replaced.value());
    return ucmd.respond();
  }
}
