package org.iommuref.model.iommufd;

import java.util.EnumSet;
import java.util.Set;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;

/** What iommufd claims at seam 3, by the driver under it. */
final class Claims {

  /** What any driver's devices and the kernel around them can do. */
  private static final Set<Capability> ALWAYS =
      EnumSet.of(
          Capability.IOMMUFD,
          Capability.DMABUF,
          Capability.VFIO_NODE,
          Capability.BOUND_DEVICES,
          Capability.KERNEL_ACCESS,
          Capability.TWO_DEVICES);

  /** What iommufd has where its driver has it; the rest of what drivers can do does not show. */
  private static final Set<Capability> BY_DRIVER =
      EnumSet.of(
          Capability.PASID,
          Capability.LARGE_PAGES,
          Capability.WRITE_ONLY_PAGES,
          Capability.DIRTY_TRACKING,
          Capability.SOFTWARE_MSI,
          Capability.VTD_SCALABLE,
          Capability.NESTING,
          Capability.VIOMMU,
          Capability.HW_QUEUE,
          Capability.PAGE_REQUESTS,
          Capability.VIRTUAL_EVENTS,
          Capability.TWO_UNITS,
          Capability.SHARED_GROUP,
          Capability.RESERVED_REGIONS,
          Capability.DEVICE_TRAITS);

  /** What the mock driver has in addition: its second set of one PASID fails. */
  private static final Set<Capability> OF_MOCK =
      EnumSet.of(
          Capability.MOCK,
          Capability.PASID,
          Capability.LARGE_PAGES,
          Capability.DIRTY_TRACKING,
          Capability.NESTING,
          Capability.VIOMMU,
          Capability.HW_QUEUE,
          Capability.PAGE_REQUESTS,
          Capability.VIRTUAL_EVENTS,
          Capability.FAILING_ATTACH);

  private Claims() {}

  /** Over the kernel's mock driver. */
  static HwInfo mock(HwInfo driver) {
    Set<Capability> claimed = EnumSet.copyOf(ALWAYS);
    claimed.addAll(OF_MOCK);
    return claim(driver, claimed);
  }

  /** Over any other driver. */
  static HwInfo over(HwInfo driver) {
    Set<Capability> claimed = EnumSet.copyOf(ALWAYS);
    BY_DRIVER.stream().filter(driver::has).forEach(claimed::add);
    return claim(driver, claimed);
  }

  private static HwInfo claim(HwInfo driver, Set<Capability> claimed) {
    Set<Capability> unit = EnumSet.noneOf(Capability.class);
    Set<Capability> stimulus = EnumSet.noneOf(Capability.class);
    for (Capability capability : Capability.closure(claimed)) {
      (capability.kind() == Capability.Kind.UNIT ? unit : stimulus).add(capability);
    }
    return new HwInfo(
        driver.architecture(),
        driver.pageSizes(),
        driver.addressBits(),
        driver.maxPasids(),
        unit,
        stimulus);
  }
}
