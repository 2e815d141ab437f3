package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Granularity;

/**
 * An order to invalidate the IOTLB and the paging-structure caches, from a descriptor or from IVA
 * and IOTLB. Manual 6.5.2.3.
 *
 * @param granularity a {@link Granularity}
 * @param domainId for domain and page granularity
 * @param address for page granularity, in bytes; its low 12 + addressMask bits do not count
 * @param addressMask AM: log2 of the pages
 * @param leafOnly IH: cached pointers to tables may stay
 * @param drainsReads DR
 * @param drainsWrites DW
 */
public record IotlbInvalidation(
    int granularity,
    int domainId,
    long address,
    int addressMask,
    boolean leafOnly,
    boolean drainsReads,
    boolean drainsWrites) {

  private static final int PAGE_SHIFT = 12;

  /** The order that takes everything. */
  static IotlbInvalidation ofAll() {
    return new IotlbInvalidation(Granularity.GLOBAL, 0, 0, 0, false, true, true);
  }

  /** The first byte named; 0 unless pages are. */
  public long first() {
    return namesPages() ? address & -size() : 0;
  }

  /** The last byte named; all ones unless pages are. */
  public long last() {
    return namesPages() ? first() + size() - 1 : -1;
  }

  /** The bytes named; -1 unless pages are. */
  long bytes() {
    return namesPages() ? size() : -1;
  }

  private long size() {
    return 1L << (PAGE_SHIFT + addressMask);
  }

  /** Whether it names pages rather than a whole domain or all. */
  public boolean namesPages() {
    return granularity == Granularity.PAGE;
  }

  /** Whether it names the domain: page and domain granularity name one, global names all. */
  public boolean names(int domain) {
    return granularity == Granularity.GLOBAL || domain == domainId;
  }

  /** Whether an address is named. */
  public boolean covers(long byteAddress) {
    return Long.compareUnsigned(byteAddress, first()) >= 0
        && Long.compareUnsigned(byteAddress, last()) <= 0;
  }

  /** The same, draining reads and writes. */
  IotlbInvalidation draining() {
    return new IotlbInvalidation(granularity, domainId, address, addressMask, leafOnly, true, true);
  }
}
