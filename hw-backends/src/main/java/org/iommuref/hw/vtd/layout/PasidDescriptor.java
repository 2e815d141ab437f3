package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/**
 * The descriptors of the invalidation queue that scalable mode adds: PASID IOTLB (type 6), PASID
 * cache (7), PASID device-TLB (8), page group response (9). Manual 6.5.2.
 *
 * <p>Type, granularity and the fields of the second quadword of type 6 are those of {@link
 * InvalidationDescriptor}.
 */
public final class PasidDescriptor {

  /** Type: IOTLB invalidation by PASID. */
  public static final int TYPE_IOTLB = 6;

  /** Type: PASID-cache invalidation. */
  public static final int TYPE_PASID_CACHE = 7;

  /** Type: device-TLB invalidation by PASID. */
  public static final int TYPE_DEVICE_TLB = 8;

  /** Type: page group response. */
  public static final int TYPE_RESPONSE = 9;

  /** G of type 7: the entries of a PASID of a domain. */
  public static final int CACHE_PASID = 1;

  /** G of type 7: all entries. */
  public static final int CACHE_GLOBAL = 3;

  /** DID of types 6 and 7. */
  public static final Field DID = Field.of("DID", 31, 16, "domain-id");

  /** PASID of all. */
  public static final Field PASID = Field.of("PASID", 51, 32, "PASID");

  /** MIP of type 8. */
  public static final Field MIP = Field.of("MIP", 8, 4, "maximum invalidations pending");

  /** SID of types 8 and 9. */
  public static final Field SID = Field.of("SID", 31, 16, "device");

  /** GI of type 8: the translations of every PASID. */
  public static final Field GI = Field.bit("GI", 64, "all PASIDs");

  /** S of type 8. */
  public static final Field S = Field.bit("S", 75, "more than one page");

  /** PP of type 9. */
  public static final Field PP = Field.bit("PP", 4, "PASID present");

  /** RC of type 9. */
  public static final Field RC = Field.of("RC", 15, 12, "response code");

  /** A bit of type 9 that hardware ignores. */
  public static final Field IGNORED = Field.bit("IGN", 66, "ignored");

  /** PRGI of type 9. */
  public static final Field PRGI = Field.of("PRGI", 75, 67, "page request group index");

  /** Type 6. */
  public static final Layout IOTLB =
      Layout.of(
          "PASID IOTLB invalidate",
          128,
          InvalidationDescriptor.TYPE,
          InvalidationDescriptor.G,
          InvalidationDescriptor.TYPE_HIGH,
          DID,
          PASID,
          InvalidationDescriptor.AM,
          InvalidationDescriptor.IH,
          InvalidationDescriptor.ADDR);

  /** Type 7. */
  public static final Layout PASID_CACHE =
      Layout.of(
          "PASID cache invalidate",
          128,
          InvalidationDescriptor.TYPE,
          InvalidationDescriptor.G,
          InvalidationDescriptor.TYPE_HIGH,
          DID,
          PASID);

  /** Type 8. */
  public static final Layout DEVICE_TLB =
      Layout.of(
          "PASID device-TLB invalidate",
          128,
          InvalidationDescriptor.TYPE,
          MIP,
          InvalidationDescriptor.TYPE_HIGH,
          InvalidationDescriptor.PFSID_LOW,
          SID,
          PASID,
          InvalidationDescriptor.PFSID_HIGH,
          GI,
          S,
          InvalidationDescriptor.ADDR);

  /** Type 9. */
  public static final Layout RESPONSE =
      Layout.of(
          "page group response",
          128,
          InvalidationDescriptor.TYPE,
          PP,
          InvalidationDescriptor.TYPE_HIGH,
          RC,
          SID,
          PASID,
          IGNORED,
          PRGI);

  private PasidDescriptor() {}

  /** An IOTLB invalidation of a PASID; granularity 2 for all of it, 3 for pages. */
  public static Atom iotlb(
      int granularity, int domainId, int pasid, long address, int addressMask, boolean leafOnly) {
    long low = InvalidationDescriptor.G.put(TYPE_IOTLB, granularity);
    long high =
        InvalidationDescriptor.AM.put(InvalidationDescriptor.ADDR.address(address), addressMask);
    return new Atom(
        PASID.put(DID.put(low, domainId), pasid),
        high | (leafOnly ? InvalidationDescriptor.IH.mask() : 0));
  }

  /** A PASID-cache invalidation; granularity 0 for a domain, 1 for a PASID, 3 for all. */
  public static Atom pasidCache(int granularity, int domainId, int pasid) {
    long low = InvalidationDescriptor.G.put(TYPE_PASID_CACHE, granularity);
    return new Atom(PASID.put(DID.put(low, domainId), pasid), 0);
  }

  /** A device-TLB invalidation of a page of a PASID, or of as many as the address says. */
  public static Atom deviceTlb(int sourceId, int pasid, long address, boolean range) {
    long low = PASID.put(SID.put(TYPE_DEVICE_TLB, sourceId), pasid);
    return new Atom(low, InvalidationDescriptor.ADDR.address(address) | (range ? S.mask() : 0));
  }

  /** The answer to a page request group without PASID. */
  public static Atom response(int sourceId, int group, int code) {
    long low = SID.put(RC.put(TYPE_RESPONSE, code), sourceId);
    return new Atom(low, PRGI.put(0, group));
  }

  /** The answer to a page request group with PASID. */
  public static Atom response(int sourceId, int pasid, int group, int code) {
    long low = PASID.put(SID.put(RC.put(TYPE_RESPONSE | PP.mask(), code), sourceId), pasid);
    return new Atom(low, PRGI.put(0, group));
  }
}
