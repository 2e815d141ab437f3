package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DeviceCapabilities;

/**
 * What the driver tells of devices. Source: drivers/iommu/intel/iommu.c intel_iommu_capable.
 *
 * @param abilities of the units together
 */
record DeviceFacts(UnitAbilities abilities) implements DeviceCapabilities {

  @Override
  public boolean isCapable(Rid device, Cap capability) {
    return switch (capability) {
      case CACHE_COHERENCY -> true;
      case ENFORCE_CACHE_COHERENCY, PCI_ATS_SUPPORTED -> false;
      case DIRTY_TRACKING -> abilities.tracksDirty();
    };
  }

  @Override
  public int maxPasids(Rid device) {
    return abilities.hasPasids() ? ScalableContexts.pasids() : 0;
  }
}
