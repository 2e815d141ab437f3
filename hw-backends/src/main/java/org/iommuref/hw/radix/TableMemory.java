package org.iommuref.hw.radix;

import org.iommuref.hw.radix.TableStep.AllocTable;
import org.iommuref.hw.radix.TableStep.ClearDirty;
import org.iommuref.hw.radix.TableStep.ClearPte;
import org.iommuref.hw.radix.TableStep.FreeTable;
import org.iommuref.hw.radix.TableStep.LinkTable;
import org.iommuref.hw.radix.TableStep.ReadEntry;
import org.iommuref.hw.radix.TableStep.SetDirty;
import org.iommuref.hw.radix.TableStep.TakePage;
import org.iommuref.hw.radix.TableStep.UnlinkTable;
import org.iommuref.hw.radix.TableStep.WritePte;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PageAllocator;
import org.iommuref.spec.step.Steps;

/**
 * Tables in memory and the pages that they are made of: each method is one step.
 *
 * <p>A page is named by its address in bytes.
 */
public final class TableMemory {

  /** What {@link #allocate()} gives when no page is left. */
  public static final long NO_PAGE = -1;

  private final Memory memory;
  private final PageAllocator pages;
  private final Steps steps;
  private final EntryLink links;

  /** Tables in {@code memory}, on pages from {@code pages}. */
  public TableMemory(Memory memory, PageAllocator pages, Steps steps) {
    this(memory, pages, steps, EntryLink.IF_EMPTY);
  }

  /** The same with another way to link a table. */
  public TableMemory(Memory memory, PageAllocator pages, Steps steps, EntryLink links) {
    this.memory = memory;
    this.pages = pages;
    this.steps = steps;
    this.links = links;
  }

  /** A page of zeros, or {@link #NO_PAGE}. */
  public long allocate() {
    long page = steps.obtain(new TakePage(), step -> pages.allocate());
    if (page != NO_PAGE) {
      steps.perform(new AllocTable(page), step -> {});
    }
    return page;
  }

  /** Gives back a page that nothing can reach any more. INV-007. */
  public void free(long page) {
    steps.perform(new FreeTable(page), step -> pages.free(step.page()));
  }

  long read(Slot slot) {
    return steps.obtain(
        new ReadEntry(slot.start(), slot.level(), slot.address()),
        step -> memory.readLong(step.slot()));
  }

  boolean link(TableFormat format, Slot slot, long table) {
    return steps.obtain(
        new LinkTable(slot.start(), table, slot.level(), slot.address()),
        step -> links.link(memory, step.slot(), format.link(step.page(), step.level())));
  }

  void write(TableFormat format, Slot slot, long page, Prot prot) {
    steps.perform(
        new WritePte(slot.start(), page, prot, slot.level(), slot.address()),
        step -> memory.writeLong(step.slot(), format.leaf(step.page(), step.prot(), step.level())));
  }

  void clear(Slot slot) {
    steps.perform(
        new ClearPte(slot.start(), slot.level(), slot.address()),
        step -> memory.writeLong(step.slot(), 0));
  }

  void clean(Slot slot, long entry) {
    steps.perform(
        new ClearDirty(slot.start(), slot.level(), slot.address(), entry),
        step -> memory.writeLong(step.slot(), step.clean()));
  }

  void soil(Slot slot, long entry) {
    steps.perform(
        new SetDirty(slot.start(), slot.level(), slot.address(), entry),
        step -> memory.writeLong(step.slot(), step.dirty()));
  }

  void unlink(Slot slot, long table) {
    steps.perform(
        new UnlinkTable(slot.start(), table, slot.level(), slot.address()),
        step -> memory.writeLong(step.slot(), 0));
  }
}
