package org.iommuref.model.process;

import static org.iommuref.spec.iommufd.Processes.PAGE_SIZE;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The pages of one process. Linux: struct mm_struct.
 *
 * <p>A page comes into being when it is touched. A private page that somebody else refers to is
 * copied before it is written, and before it is pinned.
 */
final class AddressSpace {

  private static final int PAGE_SHIFT = 12;

  private final Frames frames;
  private final TreeMap<Long, Mapping> mappings = new TreeMap<>();
  private final Map<Long, Page> pages = new HashMap<>();

  /** A page that is present: its frame, and whether it is still the file's and not its own. */
  private record Page(long frame, boolean ofFile) {}

  AddressSpace(Frames frames) {
    this.frames = frames;
  }

  void map(Mapping mapping) {
    unmap(mapping.first(), mapping.end());
    mappings.put(mapping.first(), mapping);
  }

  void unmap(long first, long end) {
    cut(first);
    cut(end);
    mappings.subMap(first, end).clear();
    for (long page = first; page < end; page++) {
      forget(page);
    }
  }

  /** Whether anything is mapped in a range. */
  boolean isMapped(long first, long end) {
    Map.Entry<Long, Mapping> last = mappings.lowerEntry(end);
    return last != null && last.getValue().end() > first;
  }

  /** Lets a process write to a range or no more; false, from the first gap on nothing changes. */
  boolean protect(long first, long end, boolean writable) {
    cut(first);
    cut(end);
    long page = first;
    for (Mapping mapping : mappings.subMap(first, end).values().toArray(Mapping[]::new)) {
      if (mapping.first() != page) {
        return false;
      }
      mappings.put(page, mapping.protectedAs(writable));
      page = mapping.end();
    }
    return page == end;
  }

  /** A file is shorter now: from one of its pages on nothing is present, copies included. */
  void truncated(MemoryFile file, long firstIndex) {
    for (long page : pages.keySet().toArray(Long[]::new)) {
      Mapping mapping = mappingOf(page);
      if (mapping != null && mapping.file() == file && mapping.fileIndex(page) >= firstIndex) {
        forget(page);
      }
    }
  }

  /** The regions that are mapped, once for each part that a region has been cut into. */
  List<MappedRegion> regions() {
    List<MappedRegion> regions = new ArrayList<>();
    for (Mapping mapping : mappings.values()) {
      if (mapping.region() != null) {
        regions.add(mapping.region());
      }
    }
    return regions;
  }

  /** Makes a mapping that goes across a page two. */
  private void cut(long page) {
    Map.Entry<Long, Mapping> before = mappings.lowerEntry(page);
    if (before != null && before.getValue().end() > page) {
      Mapping whole = before.getValue();
      mappings.put(whole.first(), whole.part(whole.first(), page));
      mappings.put(page, whole.part(page, whole.end()));
    }
  }

  /** Takes a range away from what is present; what lies behind it is touched anew. */
  void forget(long page) {
    Page gone = pages.remove(page);
    if (gone != null) {
      frames.drop(gone.frame());
    }
  }

  /** Puts a frame under a page of anonymous memory that is not present yet. */
  void place(long page, long frame) {
    pages.put(page, new Page(frame, false));
  }

  /** Reads as the process does, and returns how many bytes came before the first bad access. */
  int read(long address, byte[] into) {
    int done = 0;
    while (done < into.length) {
      Long frame = touch((address + done) >>> PAGE_SHIFT, false);
      if (frame == null) {
        break;
      }
      int offset = (int) ((address + done) & (PAGE_SIZE - 1));
      int part = Math.min(into.length - done, PAGE_SIZE - offset);
      System.arraycopy(frames.bytes(frame), offset, into, done, part);
      done += part;
    }
    return done;
  }

  /** Writes as the process does, and returns how many bytes went before the first bad access. */
  int write(long address, byte[] from) {
    int done = 0;
    while (done < from.length) {
      Long frame = touch((address + done) >>> PAGE_SHIFT, true);
      if (frame == null) {
        break;
      }
      int offset = (int) ((address + done) & (PAGE_SIZE - 1));
      int part = Math.min(from.length - done, PAGE_SIZE - offset);
      System.arraycopy(from, done, frames.bytes(frame), offset, part);
      done += part;
    }
    return done;
  }

  /** The frame that a process reaches by reading or writing a page; null for a bad access. */
  @Nullable Long touch(long page, boolean write) {
    Mapping mapping = mappingOf(page);
    if (mapping == null || (write && !mapping.writable())) {
      return null;
    }
    if (mapping.shared() && mapping.file() != null) {
      return mapping.file().page(mapping.fileIndex(page));
    }
    return touchPrivate(mapping, page, write);
  }

  /**
   * The frame to pin for long. A private page is made the process's own first, so that what the
   * process writes later and what a device sees remain one.
   */
  @Nullable Long touchForPin(long page, boolean write) {
    Mapping mapping = mappingOf(page);
    if (mapping == null || mapping.region() != null || (write && !mapping.writable())) {
      return null;
    }
    if (mapping.shared() && mapping.file() != null) {
      return mapping.file().page(mapping.fileIndex(page));
    }
    return touchPrivate(mapping, page, !mapping.shared());
  }

  /** The frame that is there now, brought in by a read if need be; null in a region. */
  @Nullable Long frameAt(long page) {
    Mapping mapping = mappingOf(page);
    return mapping == null || mapping.region() != null ? null : touch(page, false);
  }

  /**
   * A copy for a child: private pages are shared until one side writes, those that are pinned are
   * copied at once, so that the device stays with the parent.
   */
  AddressSpace forked() {
    AddressSpace child = new AddressSpace(frames);
    child.mappings.putAll(mappings);
    pages.forEach(
        (number, page) -> {
          Mapping mapping = mappingOf(number);
          boolean copied =
              mapping != null
                  && !mapping.shared()
                  && !page.ofFile()
                  && frames.pins(page.frame()) > 0;
          if (copied) {
            child.pages.put(number, new Page(frames.copyOf(page.frame()), false));
          } else {
            frames.refer(page.frame());
            child.pages.put(number, page);
          }
        });
    return child;
  }

  void free() {
    pages.values().forEach(page -> frames.drop(page.frame()));
    pages.clear();
    mappings.clear();
  }

  private @Nullable Long touchPrivate(Mapping mapping, long number, boolean own) {
    Page page = pages.get(number);
    if (page != null && stale(mapping, number, page)) {
      forget(number);
      page = null;
    }
    if (page == null) {
      page = bringIn(mapping, number);
      if (page == null) {
        return null;
      }
      pages.put(number, page);
    }
    if (own && !mapping.shared() && (page.ofFile() || frames.references(page.frame()) > 1)) {
      long copy = frames.copyOf(page.frame());
      frames.drop(page.frame());
      page = new Page(copy, false);
      pages.put(number, page);
    }
    return page.frame();
  }

  /** Whether the file behind a page has been cut below it, or has another page there by now. */
  private static boolean stale(Mapping mapping, long number, Page page) {
    if (!page.ofFile() || mapping.file() == null) {
      return false;
    }
    Long now = mapping.file().page(mapping.fileIndex(number));
    return now == null || now != page.frame();
  }

  private @Nullable Page bringIn(Mapping mapping, long number) {
    if (mapping.file() == null) {
      return new Page(frames.take(), false);
    }
    Long frame = mapping.file().page(mapping.fileIndex(number));
    if (frame == null) {
      return null;
    }
    frames.refer(frame);
    return new Page(frame, true);
  }

  private @Nullable Mapping mappingOf(long page) {
    Map.Entry<Long, Mapping> below = mappings.floorEntry(page);
    return below == null || below.getValue().end() <= page ? null : below.getValue();
  }
}
