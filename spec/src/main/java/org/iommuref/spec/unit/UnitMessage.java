package org.iommuref.spec.unit;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/** What a unit sends without being asked. */
public interface UnitMessage {

  /**
   * An interrupt message.
   *
   * @param address where it is written
   * @param data what is written
   */
  record Msi(long address, int data) implements UnitMessage {}

  /**
   * An order to a device-TLB to drop translations, as ATS carries it.
   *
   * @param to the device
   * @param pasid of the translations, or null for those of requests without
   * @param tag ITag: what the device answers with, 0 to 31
   * @param address as the message holds it: the first byte, and with {@code range} the size in the
   *     zero bit that ends the ones from bit 12 up
   * @param range S: more than one page of 4 KiB
   * @param allPasids G: the translations of every PASID
   */
  record DeviceTlbInvalidation(
      Rid to, @Nullable Pasid pasid, int tag, long address, boolean range, boolean allPasids)
      implements UnitMessage {}

  /**
   * The answer to a group of page requests.
   *
   * @param to the device
   * @param pasid of the requests, or null for none
   * @param group PRGI
   * @param code 0 success, 1 invalid request, 15 failure
   */
  record PageGroupResponse(Rid to, @Nullable Pasid pasid, int group, int code)
      implements UnitMessage {}
}
