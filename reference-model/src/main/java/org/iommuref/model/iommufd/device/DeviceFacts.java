package org.iommuref.model.iommufd.device;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.BackendExtension;
import org.iommuref.spec.spi.DeviceTraits.Feature;
import org.iommuref.spec.spi.Topology;

/**
 * What the kernel knows of devices from elsewhere than from their driver: from PCI and from the
 * interrupt controllers.
 *
 * @param topology the devices
 */
public record DeviceFacts(Topology topology) implements BackendExtension {

  /** Whether no plain write of the device raises an interrupt of another owner. */
  boolean hasIsolatedMsi(Rid device) {
    return !has(device, Feature.SHARED_INTERRUPTS);
  }

  /** Whether a right is turned on in the PASID capability of the device. */
  boolean has(Rid device, Feature feature) {
    return topology.traitsOf(device).has(feature);
  }
}
