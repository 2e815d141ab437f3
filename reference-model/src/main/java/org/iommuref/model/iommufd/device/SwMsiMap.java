package org.iommuref.model.iommufd.device;

import org.iommuref.spec.iommufd.Processes;

/**
 * The address of a doorbell in one window. Linux: struct iommufd_sw_msi_map.
 *
 * @param start where the window begins
 * @param doorbell the physical address of its page
 * @param pageOffset its number among the doorbells of the window, from 0
 * @param id its number among the doorbells of the context, from 0
 */
record SwMsiMap(long start, long doorbell, long pageOffset, int id) {

  /** Where devices find it. */
  long iova() {
    return start + pageOffset * Processes.PAGE_SIZE;
  }
}
