package org.iommuref.hw.vtd.layout;

import org.iommuref.spec.memory.Memory.Atom;

/**
 * The descriptors of the invalidation queue of every mode, 128 bits each: context cache (type 1),
 * IOTLB (2), wait (5). Manual 6.5.2.
 *
 * <p>Types 3 (device-TLB) and 4 (interrupt entry cache) belong to units with device-TLBs and
 * interrupt remapping; those of scalable mode are in {@link PasidDescriptor}. A queue of 256 bits
 * has 128 reserved bits behind each.
 */
public final class InvalidationDescriptor {

  /** Bytes of a descriptor. */
  public static final int BYTES = 16;

  /** Type: context-cache invalidation. */
  public static final int TYPE_CONTEXT = 1;

  /** Type: IOTLB invalidation. */
  public static final int TYPE_IOTLB = 2;

  /** Type: device-TLB invalidation. */
  public static final int TYPE_DEVICE_TLB = 3;

  /** Type: interrupt-entry-cache invalidation. */
  public static final int TYPE_INTERRUPT = 4;

  /** Type: wait. */
  public static final int TYPE_WAIT = 5;

  /** Bits 3:0 of the type. */
  public static final Field TYPE = Field.of("TYPE", 3, 0, "type 3:0");

  /** Bits 6:4 of the type, which are 0 for all types of legacy mode. */
  public static final Field TYPE_HIGH = Field.of("TYPE", 11, 9, "type 6:4");

  /** G: a {@link Granularity}. */
  public static final Field G = Field.of("G", 5, 4, "granularity");

  /** DID of a context-cache or IOTLB descriptor. */
  public static final Field DID = Field.of("DID", 31, 16, "domain-id");

  /** SID of a context-cache descriptor. */
  public static final Field SID = Field.of("SID", 47, 32, "source-id");

  /** FM of a context-cache descriptor. */
  public static final Field FM = Field.of("FM", 49, 48, "function mask");

  /** DW of an IOTLB descriptor. */
  public static final Field DW = Field.bit("DW", 6, "drain writes");

  /** DR of an IOTLB descriptor. */
  public static final Field DR = Field.bit("DR", 7, "drain reads");

  /** AM of an IOTLB descriptor. */
  public static final Field AM = Field.of("AM", 69, 64, "address mask");

  /** IH of an IOTLB descriptor. */
  public static final Field IH = Field.bit("IH", 70, "invalidation hint: only leaves changed");

  /** ADDR of an IOTLB descriptor, in place in the high quadword. */
  public static final Field ADDR = Field.of("ADDR", 127, 76, "address");

  /** IF of a wait descriptor. */
  public static final Field IF = Field.bit("IF", 4, "interrupt flag");

  /** SW of a wait descriptor. */
  public static final Field SW = Field.bit("SW", 5, "status write");

  /** FN of a wait descriptor. */
  public static final Field FN = Field.bit("FN", 6, "fence");

  /** The value that a wait descriptor writes. */
  public static final Field STATUS_DATA = Field.of("DATA", 63, 32, "status data");

  /** Where a wait descriptor writes, in place in the high quadword; a multiple of 4. */
  public static final Field STATUS_ADDRESS = Field.of("ADDR", 127, 66, "status address");

  /** PD of a wait descriptor. */
  public static final Field PD = Field.bit("PD", 7, "page-request drain");

  /** PFSID 3:0 of a device-TLB descriptor. */
  public static final Field PFSID_LOW = Field.of("PFSID", 15, 12, "physical function 3:0");

  /** MIP of a device-TLB descriptor. */
  public static final Field MIP = Field.of("MIP", 20, 16, "maximum invalidations pending");

  /** SID of a device-TLB descriptor. */
  public static final Field DEVICE = Field.of("SID", 47, 32, "device");

  /** PFSID 15:4 of a device-TLB descriptor. */
  public static final Field PFSID_HIGH = Field.of("PFSID", 63, 52, "physical function 15:4");

  /** S of a device-TLB descriptor. */
  public static final Field S = Field.bit("S", 64, "more than one page");

  /** G of an interrupt descriptor: 0 for all, 1 for those of an index. */
  public static final Field BY_INDEX = Field.bit("G", 4, "by index");

  /** IM of an interrupt descriptor. */
  public static final Field IM = Field.of("IM", 31, 27, "index mask");

  /** IIDX of an interrupt descriptor. */
  public static final Field IIDX = Field.of("IIDX", 47, 32, "interrupt index");

  /** Type 3. */
  public static final Layout DEVICE_TLB =
      Layout.of(
          "device-TLB invalidate",
          128,
          TYPE,
          TYPE_HIGH,
          PFSID_LOW,
          MIP,
          DEVICE,
          PFSID_HIGH,
          S,
          ADDR);

  /** Type 4. */
  public static final Layout INTERRUPT =
      Layout.of("interrupt entry cache invalidate", 128, TYPE, BY_INDEX, TYPE_HIGH, IM, IIDX);

  /** Type 1. */
  public static final Layout CONTEXT =
      Layout.of("context-cache invalidate", 128, TYPE, G, TYPE_HIGH, DID, SID, FM);

  /** Type 2. */
  public static final Layout IOTLB =
      Layout.of("IOTLB invalidate", 128, TYPE, G, DW, DR, TYPE_HIGH, DID, AM, IH, ADDR);

  /** Type 5. */
  public static final Layout WAIT =
      Layout.of(
          "invalidation wait", 128, TYPE, IF, SW, FN, PD, TYPE_HIGH, STATUS_DATA, STATUS_ADDRESS);

  private InvalidationDescriptor() {}

  /** A context-cache invalidation; {@code granularity} is a {@link Granularity}. */
  public static Atom context(int granularity, int domainId, int sourceId, int functionMask) {
    long low = G.put(TYPE_CONTEXT, granularity);
    return new Atom(FM.put(SID.put(DID.put(low, domainId), sourceId), functionMask), 0);
  }

  /**
   * An IOTLB invalidation that drains reads and writes.
   *
   * @param granularity a {@link Granularity}
   * @param domainId the tag, for domain and page granularity
   * @param address the first byte, for page granularity; its low 12 + addressMask bits are ignored
   * @param addressMask log2 of the pages
   * @param leafOnly the hint that no table was unlinked
   */
  public static Atom iotlb(
      int granularity, int domainId, long address, int addressMask, boolean leafOnly) {
    long low = DID.put(G.put(TYPE_IOTLB, granularity), domainId) | DW.mask() | DR.mask();
    return new Atom(low, AM.put(ADDR.address(address), addressMask) | (leafOnly ? IH.mask() : 0));
  }

  /** A wait that keeps what is behind it back until what is before it is done, and says nothing. */
  public static Atom fence() {
    return new Atom(TYPE_WAIT | FN.mask(), 0);
  }

  /** The same descriptor, which also waits for page requests that were received before it. */
  public static Atom drainingPageRequests(Atom wait) {
    return new Atom(wait.low() | PD.mask(), wait.high());
  }

  /** A wait that writes {@code data} to {@code address} when all before it is done. */
  public static Atom waitWritingStatus(long address, int data) {
    long low = STATUS_DATA.put(TYPE_WAIT, Integer.toUnsignedLong(data)) | SW.mask();
    return new Atom(low, STATUS_ADDRESS.address(address));
  }

  /** A device-TLB invalidation of a page, or with {@code range} of as many as the address says. */
  public static Atom deviceTlb(int sourceId, long address, boolean range) {
    long low = DEVICE.put(TYPE_DEVICE_TLB, sourceId);
    return new Atom(low, ADDR.address(address) | (range ? S.mask() : 0));
  }

  /** An invalidation of interrupt entries: all, or those of an index and mask. */
  public static Atom interrupt(boolean byIndex, int index, int mask) {
    long low = IIDX.put(IM.put(TYPE_INTERRUPT, mask), index);
    return new Atom(low | (byIndex ? BY_INDEX.mask() : 0), 0);
  }

  /** The descriptor in words. */
  public static String describe(Atom descriptor) {
    Layout layout =
        switch ((int) TYPE.get(descriptor)) {
          case TYPE_CONTEXT -> CONTEXT;
          case TYPE_IOTLB -> IOTLB;
          case TYPE_WAIT -> WAIT;
          default -> Layout.of("descriptor of an unknown type", 128, TYPE, TYPE_HIGH);
        };
    return layout.describe(descriptor.low(), descriptor.high());
  }
}
