package org.iommuref.hw.radix;

import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/**
 * What software does to a page table, one access at a time.
 *
 * <p>{@code iova} is the first address that the entry serves, {@code level} the level of the table
 * that holds it, {@code slot} the address of the entry itself, {@code page} the address of a page
 * of data or of a table; all in bytes.
 */
public sealed interface TableStep extends Step {

  /** Takes a page from the allocator: its address, or -1 if none is left. */
  record TakePage() implements TableStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return -1L;
    }
  }

  /** The page taken becomes a table without entries; nothing leads to it yet. */
  record AllocTable(long page) implements TableStep {}

  /** Reads an entry. */
  record ReadEntry(long iova, int level, long slot) implements TableStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Makes an empty entry lead to a table: whether it was still empty. */
  record LinkTable(long iova, long page, int level, long slot)
      implements TableStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Writes a leaf. */
  record WritePte(long iova, long page, Prot prot, int level, long slot) implements TableStep {}

  /** Empties a leaf. */
  record ClearPte(long iova, int level, long slot) implements TableStep {}

  /** Makes a leaf clean that was dirty: nothing else of it changes. */
  record ClearDirty(long iova, int level, long slot, long clean) implements TableStep {}

  /** Marks a leaf as written, as a device would. */
  record SetDirty(long iova, int level, long slot, long dirty) implements TableStep {}

  /** Empties an entry that leads to a table. */
  record UnlinkTable(long iova, long page, int level, long slot) implements TableStep {}

  /** Gives a table page back to the allocator. */
  record FreeTable(long page) implements TableStep {}
}
