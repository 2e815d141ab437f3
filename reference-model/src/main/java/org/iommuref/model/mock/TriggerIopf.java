package org.iommuref.model.mock;

import static org.iommuref.model.iommufd.ioctl.Field.in32;
import static org.iommuref.model.iommufd.ioctl.Field.in64;
import static org.iommuref.spec.errno.Errno.ENOENT;

import org.iommuref.model.check.Checks;
import org.iommuref.model.iommufd.device.AttachRequest;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.ioctl.Field;
import org.iommuref.model.iommufd.ioctl.Ucmd;
import org.iommuref.spec.backend.PageRequests;
import org.iommuref.spec.core.PageRequest;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** IOMMU_TEST_OP_TRIGGER_IOPF: has a device ask for a page. */
final class TriggerIopf {

  private static final Field DEV_ID = in32("trigger_iopf.dev_id", TestFields.UNION);
  private static final Field PASID = in32("trigger_iopf.pasid", TestFields.UNION + 4);
  private static final Field GRPID = in32("trigger_iopf.grpid", TestFields.UNION + 8);
  private static final Field PERM = in32("trigger_iopf.perm", TestFields.UNION + 12);
  private static final Field ADDR = in64("trigger_iopf.addr", TestFields.UNION + 16);

  static final TestOp OP =
      TestOp.of(
              "IOMMU_TEST_OP_TRIGGER_IOPF",
              15,
              Checks.<Ucmd>inOrder()
                  .needs(
                      "MOCK-023",
                      "there is no such device",
                      u -> u.misses(DEV_ID, Device.class),
                      ENOENT),
              TriggerIopf::run)
          .needing(PageRequests.class);

  private TriggerIopf() {}

  private static @Nullable Errno run(Ucmd ucmd) {
    int pasid = ucmd.u32(PASID);
    int flags =
        pasid == AttachRequest.NO_PASID
            ? PageRequest.LAST_PAGE
            : PageRequest.LAST_PAGE | PageRequest.PASID_VALID;
    PageRequest request =
        new PageRequest(flags, pasid, ucmd.u32(GRPID), ucmd.u32(PERM), ucmd.u64(ADDR));
    Device device = ucmd.held(DEV_ID, Device.class);
    var ignored = ucmd.kernel().core().pageFaults().report(device.rid(), request);
    return null; // whatever became of it
  }
}
