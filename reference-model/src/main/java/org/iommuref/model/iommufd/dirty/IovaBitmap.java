package org.iommuref.model.iommufd.dirty;

import java.util.Objects;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Err;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.Processes;

/**
 * A bitmap in the memory of a process, of which a window of pages is pinned at a time. Linux:
 * struct iova_bitmap.
 *
 * <p>Positions in it count bytes. What cannot be pinned is passed over.
 */
final class IovaBitmap {

  private static final int MOST_PAGES = 512;
  private static final long PAGE_BITS = 8L * Processes.PAGE_SIZE;
  private static final long PAGE_MASK = Processes.PAGE_SIZE - 1;

  private final Processes processes;
  private final ProcessId process;
  private final long address;
  private final long iova;
  private final long length;
  private final int pageShift;
  private final long total;
  private long[] frames = new long[0];
  private long base;
  private long windowIova;
  private long windowLength;
  private long windowOffset;

  /**
   * A bitmap of which nothing is pinned yet.
   *
   * @param iova the first address for which it has a bit
   * @param pageShift the logarithm of the bytes that one bit stands for
   */
  IovaBitmap(
      Processes processes, ProcessId process, long address, long iova, long length, int pageShift) {
    this.processes = processes;
    this.process = process;
    this.address = address;
    this.iova = iova;
    this.length = length;
    this.pageShift = pageShift;
    this.total = ((length - 1) >>> pageShift) / 8 + 1;
    this.windowIova = iova;
  }

  /** iova_bitmap_set: sets the bits of a range of addresses. */
  @Clause({"DIRTY-018", "DIRTY-020", "DIRTY-021", "DIRTY-023"})
  void set(long from, long bytes) {
    long start = from;
    long left = bytes;
    while (isWithinWindow(start, left) || advanceTo(start)) {
      long bit = ((start - windowIova) >>> pageShift) + windowOffset * 8;
      long last = ((start + left - 1 - windowIova) >>> pageShift) + windowOffset * 8;
      do {
        long page = bit / PAGE_BITS;
        if (Long.compareUnsigned(page, frames.length - 1L) > 0) {
          break;
        }
        long offset = bit % PAGE_BITS;
        long count = minUnsigned(PAGE_BITS - offset, last - bit + 1);
        setBits(frames[(int) page], (int) offset, (int) count);
        bit += count;
      } while (Long.compareUnsigned(bit, last) <= 0);
      if (Long.compareUnsigned(bit, last) > 0) {
        return;
      }
      long rest = (last - bit + 1) << pageShift;
      start += left - rest;
      left = rest;
      if (!advanceTo(start)) {
        return;
      }
    }
  }

  /** Unpins the window. */
  void free() {
    processes.unpin(frames);
    frames = new long[0];
  }

  private boolean isWithinWindow(long start, long bytes) {
    return frames.length > 0
        && Long.compareUnsigned(start, windowIova) >= 0
        && Long.compareUnsigned(start + bytes - 1, windowIova + windowLength - 1) <= 0;
  }

  /** iova_bitmap_advance_to. */
  private boolean advanceTo(long start) {
    long index = ((start - iova) >>> pageShift) / 8;
    if (Long.compareUnsigned(index, total) >= 0) {
      return false;
    }
    base = index;
    free();
    return pinWindow();
  }

  /** iova_bitmap_get. */
  private boolean pinWindow() {
    long at = address + base;
    long offset = at & PAGE_MASK;
    long pages = Long.divideUnsigned(total - base + PAGE_MASK, Processes.PAGE_SIZE);
    int count = (int) minUnsigned(pages + (offset == 0 ? 0 : 1), MOST_PAGES);
    Result<long[]> pinned = processes.pin(process, at - offset, count, true);
    frames =
        pinned instanceof Err<long[]> err
            ? Objects.requireNonNullElse(err.partial(), new long[0])
            : pinned.value();
    if (frames.length == 0) {
      return false;
    }
    windowIova = iova + ((base * 8) << pageShift);
    windowOffset = offset;
    long bytes = (long) frames.length * Processes.PAGE_SIZE - offset;
    windowLength = (minUnsigned(total - base, bytes) * 8) << pageShift;
    long end = iova + length - 1;
    if (Long.compareUnsigned(windowIova + windowLength - 1, end) > 0) {
      windowLength -= windowIova + windowLength - 1 - end;
    }
    return true;
  }

  private void setBits(long frame, int offset, int count) {
    if (count == 0) {
      return;
    }
    int first = offset / 8;
    byte[] bytes = processes.readFrame(frame, first, (offset + count - 1) / 8 - first + 1);
    for (int bit = offset; bit < offset + count; bit++) {
      bytes[bit / 8 - first] |= (byte) (1 << bit % 8);
    }
    processes.writeFrame(frame, first, bytes);
  }

  private static long minUnsigned(long one, long other) {
    return Long.compareUnsigned(one, other) < 0 ? one : other;
  }
}
