package org.iommuref.model.ideal;

import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.jspecify.annotations.Nullable;

/**
 * A map, as its checks see it; bytes.
 *
 * @param type the type of the domain, or null if there is none of that name
 * @param iova where
 * @param paddr where to
 * @param pageSize the size of each page
 * @param count how many pages
 * @param prot the rights of devices
 */
public record MapCall(
    @Nullable DomainType type, long iova, long paddr, long pageSize, long count, Prot prot) {

  boolean isPageSizeOf(long pageSizes) {
    return Long.bitCount(pageSize) == 1 && (pageSize & pageSizes) != 0;
  }

  boolean isMisaligned() {
    return ((iova | paddr) & (pageSize - 1)) != 0;
  }

  /** Whether pages from {@code first} on do not all lie below 2 to the power {@code bits}. */
  boolean isBeyond(long first, int bits) {
    long width = 1L << bits;
    return first < 0 || first >= width || count > (width - first) / pageSize;
  }
}
