package org.iommuref.model.mock;

import static org.iommuref.spec.errno.Errno.EIO;

import org.iommuref.model.iommufd.context.Context;
import org.iommuref.model.iommufd.device.Device;
import org.iommuref.model.iommufd.hwpt.HwptPaging;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * Reads by the devices that are attached to a page table, to see that hardware translates as
 * software says: what is mapped and readable is read, all else faults.
 *
 * @param backend the driver, whose devices make accesses
 */
record DeviceReads(IommuBackend backend) implements BackendExtension {

  private static final long WORD = ~7L;

  /**
   * Has each device that is attached without PASID read the word at an address.
   *
   * @param physical where software finds it mapped, 0 for nowhere
   * @return EIO if hardware answers one of them otherwise, else null
   */
  @Nullable Errno compare(Context context, HwptPaging hwpt, long iova, long physical) {
    boolean readable = physical != 0 && isReadable(hwpt, iova);
    AccessOutcome expected =
        readable
            ? AccessOutcome.completed(backend.memory().readLong(physical & WORD))
            : AccessOutcome.blocked();
    DomainId domain = hwpt.common().domain();
    for (ObjectBody body : context.objects().all()) {
      if (body instanceof Device device && isIn(device, domain)) {
        AccessOutcome seen = backend.access(DeviceAccess.read(device.rid(), new Iova(iova & WORD)));
        var ignored = backend.takeFaults(); // so that those that come next have room
        if (!seen.equals(expected)) {
          return EIO;
        }
      }
    }
    return null;
  }

  private static boolean isIn(Device device, DomainId domain) {
    return domain.equals(device.context().kernel().core().domainOf(device.igroup().id(), null));
  }

  private static boolean isReadable(HwptPaging hwpt, long iova) {
    Area area = hwpt.ioas().iopt().firstArea(iova, iova);
    return area != null && (area.prot() == Prot.READ_WRITE || area.prot() == Prot.READ);
  }
}
