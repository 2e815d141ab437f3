package org.iommuref.model.process;

import java.util.Arrays;
import java.util.TreeMap;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** A file of memory, as memfd_create makes it: pages that exist when they are touched first. */
final class MemoryFile {

  private final Frames frames;
  private final TreeMap<Long, Long> pages = new TreeMap<>();
  private final boolean sealed;
  private long size;

  MemoryFile(Frames frames, long size, boolean sealed) {
    this.frames = frames;
    this.size = size;
    this.sealed = sealed;
  }

  /** Whether it is sealed against writing. */
  boolean isSealed() {
    return sealed;
  }

  long size() {
    return size;
  }

  /** The frame of a page, made if there is none yet; null behind the end of the file. */
  @Nullable Long page(long index) {
    if (index < 0 || index >= pagesIn(size)) {
      return null;
    }
    return pages.computeIfAbsent(index, missing -> frames.take());
  }

  /** Sets the size; pages behind it are no longer the file's, and bytes behind it are zero. */
  void truncate(long bytes) {
    size = bytes;
    int inLast = (int) (bytes % Processes.PAGE_SIZE);
    Long last = pages.get(bytes / Processes.PAGE_SIZE);
    if (inLast > 0 && last != null) {
      Arrays.fill(frames.bytes(last), inLast, Processes.PAGE_SIZE, (byte) 0);
    }
    var behind = pages.tailMap(pagesIn(bytes));
    behind.values().forEach(frames::drop);
    behind.clear();
  }

  /** How many pages a file of so many bytes has. */
  static long pagesIn(long bytes) {
    return (bytes + Processes.PAGE_SIZE - 1) / Processes.PAGE_SIZE;
  }
}
