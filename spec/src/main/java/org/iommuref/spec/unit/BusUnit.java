package org.iommuref.spec.unit;

/** Seam 1 of a unit that looks at more of a request than a plain access has. */
public interface BusUnit extends IommuUnit {

  /**
   * Takes a request of a device, as {@link #request(org.iommuref.spec.access.DeviceAccess)} does.
   *
   * @return the slot in which the request waits, or -1 if all slots are taken
   */
  int request(BusRequest request);
}
