package org.iommuref.hw.vtd.unit;

/**
 * An order to invalidate what the IOTLB and the paging-structure caches hold of a PASID. Manual
 * 6.5.2.4.
 *
 * @param granularity one of the constants here
 * @param domainId the tag of the domain
 * @param pasid the PASID
 * @param address for page granularity, in bytes; its low 12 + addressMask bits do not count
 * @param addressMask AM: log2 of the pages
 * @param leafOnly IH: cached pointers to tables may stay
 */
public record PasidIotlbInvalidation(
    int granularity, int domainId, int pasid, long address, int addressMask, boolean leafOnly) {

  /** All of a PASID. */
  public static final int PASID = 2;

  /** Pages of a PASID. */
  public static final int PAGE = 3;

  private static final int PAGE_SHIFT = 12;

  /** Whether it names pages rather than a whole PASID. */
  public boolean namesPages() {
    return granularity == PAGE;
  }

  /** Whether it names the PASID of a domain. */
  public boolean names(int domain, int otherPasid) {
    return domain == domainId && otherPasid == pasid;
  }

  /** The first byte named; 0 unless pages are. */
  public long first() {
    return namesPages() && addressMask < 64 - PAGE_SHIFT ? address & -(1L << shift()) : 0;
  }

  /** The last byte named; all ones unless pages are. */
  public long last() {
    return namesPages() && addressMask < 64 - PAGE_SHIFT ? first() + (1L << shift()) - 1 : -1;
  }

  private int shift() {
    return PAGE_SHIFT + addressMask;
  }

  /** Whether an address is named. */
  public boolean covers(long byteAddress) {
    return Long.compareUnsigned(byteAddress, first()) >= 0
        && Long.compareUnsigned(byteAddress, last()) <= 0;
  }
}
