package org.iommuref.hw.vtd.driver;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DeviceCapabilities;

/**
 * What the driver tells of devices. Source: drivers/iommu/intel/iommu.c intel_iommu_capable.
 *
 * @param abilities of the units together
 * @param ats whether devices have ATS
 */
record DeviceFacts(UnitAbilities abilities, boolean ats) implements DeviceCapabilities {

  @Override
  public boolean isCapable(Rid device, Cap capability) {
    return switch (capability) {
      case CACHE_COHERENCY -> true;
      case ENFORCE_CACHE_COHERENCY -> abilities.enforcesCoherency();
      case PCI_ATS_SUPPORTED -> ats;
      case DIRTY_TRACKING -> abilities.tracksDirty();
    };
  }

  @Override
  public int maxPasids(Rid device) {
    return abilities.pasids();
  }
}
