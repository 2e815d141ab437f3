package org.iommuref.hw.radix;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/**
 * What software does to a page table, one access at a time.
 *
 * <p>{@code iova} is the first address that the entry serves, {@code level} the level of the table
 * that holds it, {@code slot} the address of the entry itself; a page is named by its address.
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
  record AllocTable(PhysAddr page) implements TableStep {}

  /** Reads an entry. */
  record ReadEntry(Iova iova, int level, long slot) implements TableStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Makes an empty entry lead to a table: whether it was still empty. */
  record LinkTable(Iova iova, PhysAddr page, int level, long slot)
      implements TableStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Writes a leaf. */
  record WritePte(Iova iova, PhysAddr page, Prot prot, int level, long slot) implements TableStep {}

  /** Empties a leaf. */
  record ClearPte(Iova iova, int level, long slot) implements TableStep {}

  /** Empties an entry that leads to a table. */
  record UnlinkTable(Iova iova, PhysAddr page, int level, long slot) implements TableStep {}

  /** Gives a table page back to the allocator. */
  record FreeTable(PhysAddr page) implements TableStep {}
}
