package org.iommuref.spec.core;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * Devices that are reset, and devices that still run as the kernel before this one left them.
 * Clause area RST, and ATT-013 to ATT-017.
 */
public interface DeviceStateCore {

  /**
   * pci_dev_reset_iommu_prepare: blocks a device that can use ATS, until as many calls of {@link
   * #finishReset} as of this.
   *
   * @return ENOMEM, or the driver's error; the device must then not be reset
   */
  Result<Done> prepareReset(Rid device);

  /** pci_dev_reset_iommu_done: puts the device on the domains of its group; cannot fail. */
  Result<Done> finishReset(Rid device);

  /**
   * iommu_deferred_attach: what a mapping by the DMA API does first. It attaches the default domain
   * to a device whose attach was put off, and nothing to any other.
   *
   * @return EBUSY while the device is reset, or the driver's error
   */
  Result<Done> deferredAttach(Rid device);
}
