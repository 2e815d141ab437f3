package org.iommuref.spec.unit;

import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/** Seam 1 of a unit that looks at more of a request than a plain access has. */
public interface BusUnit extends IommuUnit {

  /**
   * Takes a request of a device, as {@link #request(org.iommuref.spec.access.DeviceAccess)} does.
   *
   * @return the slot in which the request waits, or -1 if all slots are taken
   */
  int request(BusRequest request);

  /**
   * The answer to the translation request in {@code slot}, once; null while there is none. The slot
   * is free afterwards.
   */
  @Nullable TranslationCompletion completion(int slot);

  /**
   * Takes the completion of invalidations of a device-TLB.
   *
   * @param from the device
   * @param tags a bit for each ITag that is completed
   * @param count CC: how many completions the device sends for each of them; 0 stands for 8
   */
  void invalidationCompleted(Rid from, int tags, int count);

  /** Takes a page request; the unit answers it by a message where software does not. */
  void pageRequest(PageRequestMessage request);

  /** Takes an interrupt; it leaves as a message where it is not refused. */
  void interrupt(InterruptMessage message);
}
