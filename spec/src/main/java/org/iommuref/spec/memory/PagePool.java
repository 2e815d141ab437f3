package org.iommuref.spec.memory;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.iommuref.spec.step.Footprint;

/**
 * A pool of 4 KiB pages that reuses the page freed last first, so that a page freed too early is
 * soon somebody else's.
 *
 * <p>A freed page is filled with entries that look present and point to a page of their own
 * address, so that a walk that still reaches it is seen (INV-007).
 */
public final class PagePool implements PageAllocator {

  private static final int PAGE_BYTES = 4096;
  private static final long POISON_LOW_BITS = 3;

  private final Memory memory;
  private final Footprint footprint;
  private final Deque<Long> free = new ArrayDeque<>();
  private final Set<Long> taken = new HashSet<>();
  private long next;
  private final long end;

  /** Pages from {@code base} to {@code base + count * 4096}, in bytes. */
  public PagePool(Memory memory, long base, int count) {
    this(memory, base, count, Footprint.NONE);
  }

  /** The same, reporting what becomes of the pool itself to {@code footprint}. */
  public PagePool(Memory memory, long base, int count, Footprint footprint) {
    this.memory = memory;
    this.footprint = footprint;
    this.next = base;
    this.end = base + (long) count * PAGE_BYTES;
  }

  @Override
  public long allocate() {
    footprint.write(this, 0);
    long page;
    if (!free.isEmpty()) {
      page = free.pop();
      fill(page, 0);
    } else if (next < end) {
      page = next;
      next += PAGE_BYTES;
    } else {
      return -1;
    }
    taken.add(page);
    return page;
  }

  @Override
  public void free(long page) {
    footprint.write(this, 0);
    if (!taken.remove(page)) {
      throw new IllegalStateException("page 0x" + Long.toHexString(page) + " is freed twice");
    }
    fill(page, page | POISON_LOW_BITS);
    free.push(page);
  }

  /** How many pages are taken now. */
  public int taken() {
    return taken.size();
  }

  private void fill(long page, long value) {
    for (int at = 0; at < PAGE_BYTES; at += 8) {
      memory.writeLong(page + at, value);
    }
  }
}
