package org.iommuref.hw.radix;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

/**
 * One page table: input addresses to pages, through as many levels as its format has.
 *
 * <p>Calls may run at once as long as their address ranges are disjoint: what they share, the
 * entries of the upper levels, only ever goes from empty to a table by compare-and-set, and to
 * empty by a call that owns the whole span. Source: drivers/iommu/generic_pt/iommu_pt.h. Addresses
 * and sizes are in bytes.
 */
public final class RadixTable {

  private final TableFormat format;
  private final MapChecks checks;
  private final TableMemory memory;
  private final long root;

  private RadixTable(TableFormat format, MapChecks checks, TableMemory memory, long root) {
    this.format = format;
    this.checks = checks;
    this.memory = memory;
    this.root = root;
  }

  /** A table without mappings. ENOMEM. */
  public static Result<RadixTable> allocate(
      TableFormat format, MapChecks checks, TableMemory memory) {
    long root = memory.allocate();
    return root == TableMemory.NO_PAGE
        ? Result.err(Errno.ENOMEM)
        : Result.ok(new RadixTable(format, checks, memory, root));
  }

  /** The root's address. */
  public long root() {
    return root;
  }

  /**
   * Maps {@code count} pages of {@code pageSize} from {@code iova} to {@code paddr} onwards.
   *
   * @param replaced receives the emptied tables that large leaves have taken the place of; the
   *     caller syncs it before its map returns (MAP-017)
   * @return the bytes mapped; what {@link MapChecks} says; or, with the bytes mapped before it,
   *     EADDRINUSE or ENOMEM
   */
  @Clause({"MAP-001", "MAP-006", "MAP-009"})
  public Result<Long> map(
      long iova, long paddr, long pageSize, long count, Prot prot, Gather replaced) {
    var call = new MapCall(format, iova, paddr, pageSize, count, prot);
    Errno refused = checks.refusal(call);
    if (refused != null) {
      return Result.err(refused);
    }
    int leafLevel = format.levelOf(pageSize);
    long size = call.size();
    long mapped = 0;
    while (mapped < size) {
      Result<Long> table = tableFor(iova + mapped, leafLevel);
      if (table.errno() != null) {
        return Result.err(table.errno(), mapped);
      }
      do {
        Slot slot = Slot.of(format, table.value(), leafLevel, iova + mapped);
        if (!makeEmpty(slot, replaced)) {
          return Result.err(Errno.EADDRINUSE, mapped); // MAP-006
        }
        memory.write(format, slot, paddr + mapped, prot);
        mapped += pageSize;
      } while (mapped < size && !isFirstOfTable(iova + mapped, leafLevel));
    }
    return Result.ok(mapped);
  }

  /**
   * Removes what is mapped from {@code iova} on, up to {@code size} bytes and to the end of the
   * page that covers the last of them; stops at the first hole and in front of a page that it meets
   * in the middle.
   *
   * @return the bytes removed; they, and the tables that are to be freed after the sync, are in the
   *     gather
   */
  @Clause({"MAP-010", "MAP-011", "MAP-012", "MAP-019", "MAP-023", "INV-007"})
  public long unmap(long iova, long size, Gather gather) {
    if (size <= 0 || isBeyondAperture(iova, size)) {
      return 0;
    }
    var removal = new Removal(gather);
    removal.removeFrom(root, format.levels(), iova, iova + size - 1);
    gather.addRange(new Iova(iova), removal.bytes);
    return removal.bytes;
  }

  /** Where {@code iova} is mapped to, or 0. DOM-005. */
  public long translate(long iova) {
    if (isBeyondAperture(iova, 1)) {
      return 0;
    }
    long table = root;
    for (int level = format.levels(); ; level--) {
      Slot slot = Slot.of(format, table, level, iova);
      long entry = memory.read(slot);
      switch (format.kind(entry, level)) {
        case EMPTY -> {
          return 0;
        }
        case LEAF -> {
          return format.address(entry, level) + (iova - slot.start());
        }
        case TABLE -> table = format.address(entry, level);
      }
    }
  }

  /** Input addresses are below 2 to this power. */
  public int inputBits() {
    return format.inputBits();
  }

  /** The page sizes as a bitmap in bytes. */
  public long pageSizes() {
    return format.pageSizes();
  }

  /** Hears of leaves: where, and how many bytes. */
  @FunctionalInterface
  public interface Leaves {

    /** A leaf from {@code iova} on, or from the start of the range in its middle. */
    void leaf(long iova, long bytes);
  }

  /**
   * Tells every leaf of a range that was written through; of one that begins before the range, from
   * the range on.
   *
   * @param clear whether they are clean from then on; cached translations of them still are not
   */
  public void forEachDirty(long iova, long size, boolean clear, Leaves leaves) {
    if (size > 0 && !isBeyondAperture(iova, size)) {
      tellDirty(root, format.levels(), iova, iova + size - 1, clear, leaves);
    }
  }

  private void tellDirty(
      long table, int level, long first, long last, boolean clear, Leaves leaves) {
    for (long at = first; at <= last; ) {
      Slot slot = Slot.of(format, table, level, at);
      long entry = memory.read(slot);
      EntryKind kind = format.kind(entry, level);
      if (kind == EntryKind.TABLE) {
        long end = Math.min(last, slot.last());
        tellDirty(format.address(entry, level), level - 1, at, end, clear, leaves);
      } else if (kind == EntryKind.LEAF && (entry & format.dirty()) != 0) {
        leaves.leaf(at, slot.span());
        if (clear) {
          memory.clean(slot, entry & ~format.dirty());
        }
      }
      at = slot.last() + 1;
    }
  }

  /** Marks the leaf of an address as written, if there is one. */
  public void setDirty(long iova) {
    if (isBeyondAperture(iova, 1)) {
      return;
    }
    long table = root;
    for (int level = format.levels(); ; level--) {
      Slot slot = Slot.of(format, table, level, iova);
      long entry = memory.read(slot);
      EntryKind kind = format.kind(entry, level);
      if (kind != EntryKind.TABLE) {
        if (kind == EntryKind.LEAF) {
          memory.soil(slot, entry | format.dirty());
        }
        return;
      }
      table = format.address(entry, level);
    }
  }

  /** Frees every page of the table; no unit may still be able to reach it. */
  public void free() {
    List<Long> tables = new ArrayList<>();
    collect(root, format.levels(), tables);
    tables.forEach(memory::free);
    memory.free(root);
  }

  private boolean isBeyondAperture(long iova, long size) {
    return MapCall.isBeyond(format.inputBits(), iova, size);
  }

  private boolean isFirstOfTable(long iova, int level) {
    return (iova & (format.span(level) << format.indexBits(level)) - 1) == 0;
  }

  /** The table of {@code leafLevel} that serves {@code iova}, with all that lead to it. */
  private Result<Long> tableFor(long iova, int leafLevel) {
    long table = root;
    for (int level = format.levels(); level > leafLevel; level--) {
      Result<Long> below = tableBelow(Slot.of(format, table, level, iova));
      if (!below.isOk()) {
        return below;
      }
      table = below.value();
    }
    return Result.ok(table);
  }

  private Result<Long> tableBelow(Slot slot) {
    while (true) {
      long entry = memory.read(slot);
      switch (format.kind(entry, slot.level())) {
        case TABLE -> {
          return Result.ok(format.address(entry, slot.level()));
        }
        case LEAF -> {
          return Result.err(Errno.EADDRINUSE);
        }
        case EMPTY -> {
          long page = memory.allocate();
          if (page == TableMemory.NO_PAGE) {
            return Result.err(Errno.ENOMEM);
          }
          if (memory.link(format, slot, page)) {
            return Result.ok(page);
          }
          memory.free(page); // another CPU has linked its table first: that one is used
        }
      }
    }
  }

  /** Whether a leaf may be written: the entry is empty, or led to tables that hold no leaf. */
  private boolean makeEmpty(Slot slot, Gather replaced) {
    long entry = memory.read(slot);
    EntryKind kind = format.kind(entry, slot.level());
    if (kind != EntryKind.TABLE) {
      return kind == EntryKind.EMPTY;
    }
    long table = format.address(entry, slot.level());
    List<Long> tables = new ArrayList<>();
    if (holdsLeaf(table, slot.level() - 1, tables)) {
      return false;
    }
    memory.unlink(slot, table);
    tables.forEach(replaced::freeAfterSync); // MAP-017, INV-007
    replaced.freeAfterSync(table);
    replaced.addRange(new Iova(slot.start()), slot.span());
    return true;
  }

  /**
   * Whether a leaf is found at or below a table; adds the tables met below it to {@code tables}.
   */
  private boolean holdsLeaf(long table, int level, List<Long> tables) {
    for (long index = 0; index < 1L << format.indexBits(level); index++) {
      long entry = memory.read(Slot.of(format, table, level, index << format.shift(level)));
      EntryKind kind = format.kind(entry, level);
      if (kind == EntryKind.LEAF) {
        return true;
      }
      if (kind == EntryKind.TABLE) {
        long below = format.address(entry, level);
        tables.add(below);
        if (holdsLeaf(below, level - 1, tables)) {
          return true;
        }
      }
    }
    return false;
  }

  private void collect(long table, int level, List<Long> tables) {
    for (long index = 0; level > 1 && index < 1L << format.indexBits(level); index++) {
      long entry = memory.read(Slot.of(format, table, level, index << format.shift(level)));
      if (format.kind(entry, level) == EntryKind.TABLE) {
        long below = format.address(entry, level);
        collect(below, level - 1, tables);
        tables.add(below);
      }
    }
  }

  /** An unmap on its way through the tables. */
  private final class Removal {

    private final Gather gather;
    private long bytes;

    Removal(Gather gather) {
      this.gather = gather;
    }

    /** Removes from {@code first} to {@code last}, both in the table's span; false at a hole. */
    boolean removeFrom(long table, int level, long first, long last) {
      long at = first;
      while (at <= last) {
        Slot slot = Slot.of(format, table, level, at);
        long entry = memory.read(slot);
        switch (format.kind(entry, level)) {
          case EMPTY -> {
            return false; // MAP-011
          }
          case LEAF -> {
            if (at != slot.start()) {
              return false; // MAP-012
            }
            memory.clear(slot);
            gather.addPageSize(slot.span());
            bytes += slot.span();
          }
          case TABLE -> {
            long below = format.address(entry, level);
            if (!removeFrom(below, level - 1, at, Math.min(last, slot.last()))) {
              return false;
            }
            if (slot.isWithin(first, last)) {
              memory.unlink(slot, below);
              gather.freeAfterSync(below); // INV-007
            }
          }
        }
        at = slot.last() + 1;
      }
      return true;
    }
  }
}
