package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.out32;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.AttachRequest;
import org.iommuref.model.iommufd.device.DeviceAttach;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * IOMMU_TEST_OP_MOCK_DOMAIN and IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS: makes a mock device, binds it and
 * attaches it.
 */
final class MockDomainOp {

  private static final Field OUT_STDEV_ID = out32("mock_domain.out_stdev_id", TestFields.UNION);
  private static final Field OUT_HWPT_ID = out32("mock_domain.out_hwpt_id", TestFields.UNION + 4);
  private static final Field OUT_IDEV_ID = out32("mock_domain.out_idev_id", TestFields.UNION + 8);
  private static final Field DEV_FLAGS = in32("mock_domain_flags.dev_flags", TestFields.UNION + 12);

  static final TestOp OP =
      TestOp.of("IOMMU_TEST_OP_MOCK_DOMAIN", 2, Checks.inOrder(), ucmd -> run(ucmd, 0))
          .needing(TestDevices.class);

  static final TestOp WITH_FLAGS =
      TestOp.of(
              "IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS",
              12,
              Checks.inOrder(),
              ucmd -> run(ucmd, ucmd.u32(DEV_FLAGS)))
          .needing(TestDevices.class);

  private MockDomainOp() {}

  private static @Nullable Errno run(Ucmd ucmd, int flags) {
    Context context = ucmd.context();
    Result<SelftestDevice> made =
        context.objects().allocate(object -> new SelftestDevice(object, context));
    if (!made.isOk()) {
      return made.errno();
    }
    SelftestDevice device = made.value();
    Errno failure = plug(ucmd, device, flags);
    if (failure == null) {
      context.objects().finish(device);
    } else {
      context.objects().abort(device);
    }
    return failure;
  }

  private static @Nullable Errno plug(Ucmd ucmd, SelftestDevice device, int flags) {
    Errno failure = device.create(flags);
    if (failure != null) {
      return failure;
    }
    failure = bind(ucmd, device);
    if (failure != null) {
      device.unplug();
    }
    return failure;
  }

  private static @Nullable Errno bind(Ucmd ucmd, SelftestDevice device) {
    Errno failure = device.bind();
    if (failure != null) {
      return failure;
    }
    Result<Integer> attached =
        DeviceAttach.attach(device.idev(), AttachRequest.NO_PASID, ucmd.u32(TestFields.ID));
    failure = attached.errno();
    if (failure == null) {
      ucmd.set(OUT_HWPT_ID, attached.value());
      ucmd.set(OUT_STDEV_ID, device.object().id());
      ucmd.set(OUT_IDEV_ID, device.idev().object().id());
      failure = ucmd.respond();
      if (failure != null) {
        device.detach();
      }
    }
    if (failure != null) {
      device.unbind();
    }
    return failure;
  }
}
