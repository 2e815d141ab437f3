package org.iommuref.model.mock;

import org.iommuref.spec.backend.Prot;

/** An entry of a mock page table that maps something. */
final class MockLeaf {

  private final long iova;
  private final long paddr;
  private final int sizeLog2;
  private final Prot prot;
  private boolean dirty;

  MockLeaf(long iova, long paddr, int sizeLog2, Prot prot) {
    this.iova = iova;
    this.paddr = paddr;
    this.sizeLog2 = sizeLog2;
    this.prot = prot;
  }

  long iova() {
    return iova;
  }

  long size() {
    return 1L << sizeLog2;
  }

  int sizeLog2() {
    return sizeLog2;
  }

  long last() {
    return iova + size() - 1;
  }

  Prot prot() {
    return prot;
  }

  long translate(long address) {
    return paddr + (address - iova);
  }

  boolean isDirty() {
    return dirty;
  }

  void markDirty(boolean written) {
    dirty = written;
  }
}
