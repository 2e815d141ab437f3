package org.iommuref.spec.core;

/** What a device is told of a group of page requests. Linux: enum iommu_page_response_code. */
public enum PageResponse {
  /** It may try again. */
  SUCCESS,
  /** It must not try again. */
  INVALID,
  /** It must give up all requests. */
  FAILURE
}
