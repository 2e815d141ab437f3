package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.spec.errno.Errno.EINVAL;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;

/** IOMMU_TEST_OP_DEV_CHECK_CACHE: whether an entry of a device is what the caller says. */
final class DevCheckCache {

  private static final Field ENTRY = in32("check_dev_cache.id", TestFields.UNION);
  private static final Field CACHE = in32("check_dev_cache.cache", TestFields.UNION + 4);

  static final TestOp OP =
      TestOp.of(
              "IOMMU_TEST_OP_DEV_CHECK_CACHE",
              16,
              Checks.<Ucmd>inOrder()
                  .needs(
                      "MOCK-022",
                      "there is no such device",
                      u -> u.misses(TestFields.ID, Device.class),
                      ENOENT)
                  .needs(
                      "MOCK-022",
                      "there is no such entry",
                      u -> u.u64(ENTRY) >= FalseCache.ENTRIES,
                      EINVAL)
                  .when("MOCK-022", "the value is another", DevCheckCache::differs, EINVAL),
              ucmd -> null)
          .needing(FalseCache.class);

  private DevCheckCache() {}

  private static boolean differs(Ucmd ucmd) {
    Device device = ucmd.held(TestFields.ID, Device.class);
    FalseCache driver = ucmd.kernel().extension(FalseCache.class).orElseThrow();
    return driver.cache(device.rid(), ucmd.u32(ENTRY)) != ucmd.u32(CACHE);
  }
}
