package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_TRIGGER_VEVENT: has a device report an event to its virtual unit. */
final class TriggerVevent {

  private static final Field DEV_ID = in32("trigger_vevent.dev_id", TestFields.UNION);

  static final TestOp OP =
      TestOp.of(
              "IOMMU_TEST_OP_TRIGGER_VEVENT",
              17,
              Checks.<Ucmd>inOrder()
                  .needs(
                      "VEVENTQ-031",
                      "there is no such device",
                      u -> u.misses(DEV_ID, Device.class),
                      ENOENT),
              TriggerVevent::run)
          .needing(TestEvents.class);

  private TriggerVevent() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    Device device = ucmd.held(DEV_ID, Device.class);
    TestEvents driver = ucmd.kernel().extension(TestEvents.class).orElseThrow();
    return driver.trigger(device.rid()).errno();
  }
}
