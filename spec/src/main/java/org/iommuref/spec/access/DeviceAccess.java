package org.iommuref.spec.access;

import org.jspecify.annotations.Nullable;

/**
 * One untranslated access of a device: 8 bytes at an address aligned to 8.
 *
 * @param rid who issues it
 * @param pasid the PASID that it carries, or null for none
 * @param iova where, in bytes
 * @param kind what
 * @param value what a write stores, or an atomic adds; 0 for a read
 */
public record DeviceAccess(Rid rid, @Nullable Pasid pasid, Iova iova, AccessKind kind, long value) {

  /** A read without PASID. */
  public static DeviceAccess read(Rid rid, Iova iova) {
    return new DeviceAccess(rid, null, iova, AccessKind.READ, 0);
  }

  /** A write without PASID. */
  public static DeviceAccess write(Rid rid, Iova iova, long value) {
    return new DeviceAccess(rid, null, iova, AccessKind.WRITE, value);
  }

  /** The same access under a PASID. */
  public DeviceAccess with(Pasid other) {
    return new DeviceAccess(rid, other, iova, kind, value);
  }
}
