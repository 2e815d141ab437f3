package org.iommuref.model.iommufd.pagetable;

import org.iommuref.model.iommufd.pages.PageRange;
import org.iommuref.spec.backend.DomainId;

/**
 * The frames of an area that domains have.
 *
 * @param storageDomain the domain that holds their numbers
 * @param range the pages that the domains need
 */
record AreaFrames(DomainId storageDomain, PageRange range) {

  AreaFrames in(DomainId other) {
    return new AreaFrames(other, range);
  }
}
