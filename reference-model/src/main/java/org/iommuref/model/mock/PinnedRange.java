package org.iommuref.model.mock;

/** What an access of the test interface has pinned. Linux: struct selftest_access_item. */
record PinnedRange(long iova, long length) {

  boolean meets(long from, long last) {
    return Long.compareUnsigned(from, iova + length - 1) <= 0
        && Long.compareUnsigned(last, iova) >= 0;
  }
}
