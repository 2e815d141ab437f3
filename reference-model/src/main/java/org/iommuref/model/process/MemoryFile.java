package org.iommuref.model.process;

import java.util.TreeMap;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/** A file of memory, as memfd_create makes it: pages that exist when they are touched first. */
final class MemoryFile {

  private final Frames frames;
  private final TreeMap<Long, Long> pages = new TreeMap<>();
  private long size;

  MemoryFile(Frames frames, long size) {
    this.frames = frames;
    this.size = size;
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

  /** Sets the size; pages behind it are no longer the file's. */
  void truncate(long bytes) {
    size = bytes;
    var behind = pages.tailMap(pagesIn(bytes));
    behind.values().forEach(frames::drop);
    behind.clear();
  }

  private static long pagesIn(long bytes) {
    return (bytes + Processes.PAGE_SIZE - 1) / Processes.PAGE_SIZE;
  }
}
