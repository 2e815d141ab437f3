package org.iommuref.conformance.cases.vtd;

/** Descriptors of the invalidation queue, their lower 128 bits, low half first. Manual 6.5.2. */
final class Descriptors {

  static final int GLOBAL = 1;
  static final int DOMAIN = 2;

  /** Of a context invalidation one device, of an IOTLB invalidation pages. */
  static final int SELECTIVE = 3;

  /** Of a wait: PD. */
  static final long PAGE_REQUEST_DRAIN = 1 << 7;

  private static final int CONTEXT = 1;
  private static final int IOTLB = 2;
  private static final int DEVICE_TLB = 3;
  private static final int INTERRUPT_ENTRY = 4;
  private static final int WAIT = 5;
  private static final int PASID_IOTLB = 6;
  private static final int PASID_CACHE = 7;
  private static final int PASID_DEVICE_TLB = 8;
  private static final int RESPONSE = 9;

  private static final long STATUS_WRITE = 1 << 5;
  private static final long INTERRUPT = 1 << 4;

  private Descriptors() {}

  /** Invalidates cached context entries. */
  static long[] context(int granularity, int domain, int source, int functionMask) {
    return new long[] {
      CONTEXT
          | (long) granularity << 4
          | (long) domain << 16
          | (long) source << 32
          | (long) functionMask << 48,
      0
    };
  }

  /** Invalidates cached translations of domains. */
  static long[] iotlb(int granularity, int domain, long address, int addressMask, boolean hint) {
    return new long[] {
      IOTLB | (long) granularity << 4 | (long) domain << 16,
      address | addressMask | (hint ? 1L << 6 : 0)
    };
  }

  /** Invalidates cached translations of a domain. */
  static long[] iotlb(int domain) {
    return iotlb(DOMAIN, domain, 0, 0, false);
  }

  /** Invalidates cached translations of a PASID. */
  static long[] pasidIotlb(int domain, int pasid) {
    return new long[] {PASID_IOTLB | 2 << 4 | (long) domain << 16 | (long) pasid << 32, 0};
  }

  /** Invalidates cached translations of pages of a PASID. */
  static long[] pasidPages(int domain, int pasid, long address, int addressMask, boolean hint) {
    return new long[] {
      PASID_IOTLB | 3 << 4 | (long) domain << 16 | (long) pasid << 32,
      address | addressMask | (hint ? 1L << 6 : 0)
    };
  }

  /** Invalidates cached PASID entries: granularity 0 of a domain, 1 of a PASID, 3 all. */
  static long[] pasidCache(int granularity, int domain, int pasid) {
    return new long[] {
      PASID_CACHE | (long) granularity << 4 | (long) domain << 16 | (long) pasid << 32, 0
    };
  }

  /** Invalidates in a device what requests without PASID have cached. */
  static long[] deviceTlb(int source, long address, boolean range) {
    return new long[] {DEVICE_TLB | (long) source << 32, address | (range ? 1 : 0)};
  }

  /** Invalidates in a device what a PASID has cached. */
  static long[] pasidDeviceTlb(int source, int pasid, long address, boolean range) {
    return new long[] {
      PASID_DEVICE_TLB | (long) source << 16 | (long) pasid << 32, address | (range ? 1 << 11 : 0)
    };
  }

  /** Invalidates cached interrupt entries around an index. */
  static long[] interruptEntries(int index, int mask) {
    return new long[] {INTERRUPT_ENTRY | 1 << 4 | (long) mask << 27 | (long) index << 32, 0};
  }

  /** Invalidates all cached interrupt entries. */
  static long[] allInterruptEntries() {
    return new long[] {INTERRUPT_ENTRY, 0};
  }

  /** Answers a group of page requests with PASID. */
  static long[] response(int requester, int pasid, int group, int code) {
    return new long[] {
      RESPONSE | 1 << 4 | (long) code << 12 | (long) requester << 16 | (long) pasid << 32,
      (long) group << 3
    };
  }

  /** Answers a group of page requests without PASID. */
  static long[] responseWithoutPasid(int requester, int group, int code) {
    return new long[] {RESPONSE | (long) code << 12 | (long) requester << 16, (long) group << 3};
  }

  /** Waits, and then writes {@code data} to {@code address}. */
  static long[] waitWriting(long address, int data) {
    return new long[] {WAIT | STATUS_WRITE | Integer.toUnsignedLong(data) << 32, address};
  }

  /** Waits, and then raises the completion event. */
  static long[] waitInterrupting() {
    return new long[] {WAIT | INTERRUPT, 0};
  }

  /** The same descriptor with more bits set. */
  static long[] with(long[] descriptor, long low, long high) {
    return new long[] {descriptor[0] | low, descriptor[1] | high};
  }
}
