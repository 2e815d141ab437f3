package org.iommuref.hw.radix;

import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory;

/** How an empty entry comes to lead to a table: one access to memory. */
@FunctionalInterface
public interface EntryLink {

  /** The entry changes if it is still empty: of two CPUs that meet, one loses and learns it. */
  @Clause("MAP-001")
  EntryLink IF_EMPTY = (memory, slot, entry) -> memory.compareAndSetLong(slot, 0, entry);

  /** Whether the entry at {@code slot} has become {@code entry}. */
  boolean link(Memory memory, long slot, long entry);
}
