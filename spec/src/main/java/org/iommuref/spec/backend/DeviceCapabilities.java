package org.iommuref.spec.backend;

import org.iommuref.spec.access.Rid;

/** What the driver can do for one device. Linux: iommu_ops.capable, dev_iommu.max_pasids. */
public interface DeviceCapabilities extends BackendExtension {

  /** Whether the driver has the capability for this device (device_iommu_capable). */
  boolean isCapable(Rid device, Cap capability);

  /** PASIDs of the device run from 1 to below this; 0 for none. */
  int maxPasids(Rid device);

  /** A capability; the names are those of enum iommu_cap. */
  enum Cap {
    /** The device's writes are coherent with the processor's caches. */
    CACHE_COHERENCY,
    /** A domain can make the device's writes coherent whatever it asks for. */
    ENFORCE_CACHE_COHERENCY,
    /** Domains of the device can record which pages it has written. */
    DIRTY_TRACKING,
    /** The device can use ATS. */
    PCI_ATS_SUPPORTED
  }
}
