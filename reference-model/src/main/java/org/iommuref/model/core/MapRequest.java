package org.iommuref.model.core;

import org.iommuref.spec.backend.DomainType;
import org.jspecify.annotations.Nullable;

/**
 * A map or an unmap, as its checks see it; bytes.
 *
 * @param type the type of the domain, or null if there is none of that name
 * @param pageSizes the page sizes of the driver as a bitmap
 * @param iova where
 * @param paddr where to; an unmap gives 0
 * @param size how much
 */
public record MapRequest(
    @Nullable DomainType type, long pageSizes, long iova, long paddr, long size) {

  boolean isNotPaging() {
    return type != DomainType.PAGING;
  }

  boolean isMisaligned() {
    return ((iova | paddr | size) & (Long.lowestOneBit(pageSizes) - 1)) != 0;
  }
}
