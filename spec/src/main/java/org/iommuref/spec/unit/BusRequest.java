package org.iommuref.spec.unit;

import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.jspecify.annotations.Nullable;

/**
 * A memory request as a bus carries it to a unit: 8 bytes at an address aligned to 8.
 *
 * @param rid who issues it
 * @param pasid the PASID that it carries, or null for none
 * @param privileged whether it asks for privileged mode; only with a PASID
 * @param type what the address is
 * @param address in bytes
 * @param kind what is asked; of a translation request {@link AccessKind#READ}
 * @param value what a write stores, or an atomic adds; 0 for others
 * @param noWrite NW of a translation request: the device will not write
 */
public record BusRequest(
    Rid rid,
    @Nullable Pasid pasid,
    boolean privileged,
    AddressType type,
    long address,
    AccessKind kind,
    long value,
    boolean noWrite) {

  /** An access of a device that its unit has to translate, in user mode. */
  public static BusRequest of(DeviceAccess access) {
    return new BusRequest(
        access.rid(),
        access.pasid(),
        false,
        AddressType.UNTRANSLATED,
        access.iova().bytes(),
        access.kind(),
        access.value(),
        false);
  }

  /** A request for the translation of a page, without PASID, by a device that may write. */
  public static BusRequest translationOf(Rid rid, Iova page) {
    return new BusRequest(
        rid, null, false, AddressType.TRANSLATION_REQUEST, page.bytes(), AccessKind.READ, 0, false);
  }

  /** The same with a PASID. */
  public BusRequest with(Pasid other) {
    return new BusRequest(rid, other, privileged, type, address, kind, value, noWrite);
  }

  /** The same in privileged mode. */
  public BusRequest asPrivileged() {
    return new BusRequest(rid, pasid, true, type, address, kind, value, noWrite);
  }

  /** The same with another type of address. */
  public BusRequest as(AddressType other) {
    return new BusRequest(rid, pasid, privileged, other, address, kind, value, noWrite);
  }

  /** The same translation request, by a device that will not write. */
  public BusRequest withoutWriting() {
    return new BusRequest(rid, pasid, privileged, type, address, kind, value, true);
  }
}
