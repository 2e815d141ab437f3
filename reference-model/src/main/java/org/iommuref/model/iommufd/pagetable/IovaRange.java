package org.iommuref.model.iommufd.pagetable;

/**
 * A range of IOVAs.
 *
 * @param start the first byte
 * @param last the last byte
 */
public record IovaRange(long start, long last) {

  boolean meets(long from, long to) {
    return Long.compareUnsigned(start, to) <= 0 && Long.compareUnsigned(last, from) >= 0;
  }

  boolean holds(long iova) {
    return meets(iova, iova);
  }
}
