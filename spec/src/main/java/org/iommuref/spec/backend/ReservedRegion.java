package org.iommuref.spec.backend;

import org.iommuref.spec.access.Iova;

/**
 * Addresses of a device that are not for mapping. Linux: struct iommu_resv_region.
 *
 * @param start the first byte
 * @param length in bytes
 * @param type why
 */
public record ReservedRegion(Iova start, long length, Type type) {

  /** Why a region is reserved. */
  public enum Type {
    /** Firmware needs it mapped one to one at all times. */
    DIRECT,
    /** As DIRECT, but a user who takes the device over may map something else there. */
    DIRECT_RELAXABLE,
    /** Where the core lets software choose the addresses of interrupt messages. */
    SW_MSI,
    /** The address range of interrupt messages: accesses there are not translated. */
    MSI,
    /** Not usable for another reason. */
    RESERVED
  }
}
