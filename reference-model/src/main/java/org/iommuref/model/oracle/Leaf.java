package org.iommuref.model.oracle;

import java.util.Set;
import java.util.TreeSet;
import org.iommuref.spec.backend.Prot;
import org.jspecify.annotations.Nullable;

/** One mapping of one page of some size; addresses and size in bytes. */
final class Leaf {

  final long iova;
  final long size;
  final long paddr;
  final Prot prot;

  /** Whether its sync_map has returned: until then not-present is live beside it (MAP-014). */
  boolean settled;

  /** The pages of it that devices have written while that had to be recorded, by their address. */
  final Set<Long> written = new TreeSet<>();

  /** Whether a device has reached it since it was clean: it may be told as written then. */
  boolean reached;

  /** The gather whose sync ends what is cached of it as written already, or null for none. */
  @Nullable Integer cleaning;

  Leaf(long iova, long size, long paddr, Prot prot) {
    this.iova = iova;
    this.size = size;
    this.paddr = paddr;
    this.prot = prot;
  }

  boolean covers(long address) {
    return Long.compareUnsigned(address - iova, size) < 0;
  }

  boolean overlaps(long first, long last) {
    return Long.compareUnsigned(iova, last) <= 0
        && Long.compareUnsigned(first, iova + size - 1) <= 0;
  }

  long translate(long address) {
    return paddr + (address - iova);
  }
}
