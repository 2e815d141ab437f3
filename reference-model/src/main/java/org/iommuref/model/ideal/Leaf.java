package org.iommuref.model.ideal;

import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.backend.Prot;

/**
 * One page that is mapped.
 *
 * @param iova the first byte of the page as devices name it
 * @param paddr the first byte of the page in memory
 * @param size in bytes
 * @param prot the rights of devices
 */
record Leaf(long iova, long paddr, long size, Prot prot) {

  long end() {
    return iova + size;
  }

  long translate(long address) {
    return paddr + (address - iova);
  }

  /**
   * MAP-018: an atomic access needs both rights. MAP-030: a zero-length read is content with one.
   */
  boolean permits(AccessKind kind) {
    if (kind == AccessKind.ZERO_LENGTH_READ) {
      return prot.read() || prot.write();
    }
    return (prot.read() || !kind.needsRead()) && (prot.write() || !kind.needsWrite());
  }
}
