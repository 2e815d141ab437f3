package org.iommuref.conformance.linux;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.iommuref.spec.iommufd.ProcessId;
import org.jspecify.annotations.Nullable;

/**
 * Numbers for the pages of real programs, as physical memory would number them.
 *
 * <p>A page keeps its number as long as it is the same page: a page of a file in every process, a
 * page of a process's own until it is unmapped. Pages that follow one another within 2 MiB have
 * numbers that follow one another, as under huge pages.
 */
final class FrameTable {

  private static final int CHUNK = 512;
  private static final long FIRST = 0x100000;

  private final Map<Owner, Pages> owners = new HashMap<>();
  private final Map<Long, Frame> frames = new HashMap<>();
  private final Map<Long, FilePage> filePages = new HashMap<>();
  private long next = FIRST;

  /** Whose pages are counted. */
  sealed interface Owner {

    /** Pages that a process has for itself, by the number of their address. */
    record Own(ProcessId process) implements Owner {}

    /** Pages of a file, by the number of their offset. */
    record OfFile(long device, long inode) implements Owner {}
  }

  /** A page of a file, by its number in the file. */
  record FilePage(Owner.OfFile file, long page) {}

  /** The number of a page. */
  long frameOf(Owner owner, long page) {
    long number = pagesOf(owner).frameOf(page);
    if (owner instanceof Owner.OfFile file) {
      filePages.computeIfAbsent(number, n -> new FilePage(file, page));
    }
    return number;
  }

  /** Which page of a file a frame is, or null if it is a process's own. */
  @Nullable FilePage filePageOf(long number) {
    return filePages.get(number);
  }

  /** The record of a frame, made at first need. */
  Frame frame(long number) {
    return frames.computeIfAbsent(number, n -> new Frame());
  }

  /** The record of a frame, or null if nobody holds or has seen it. */
  @Nullable Frame known(long number) {
    return frames.get(number);
  }

  /** Forgets a frame that nobody holds and that no place shows. */
  void forgetIdle(long number) {
    Frame frame = frames.get(number);
    if (frame != null && frame.isIdle()) {
      frames.remove(number);
    }
  }

  /** The records of all frames. */
  Map<Long, Frame> frames() {
    return frames;
  }

  /** Pages of a process's own are gone: what is mapped there later is another page. */
  void retire(ProcessId process, long firstPage, long pages) {
    Pages own = owners.get(new Owner.Own(process));
    if (own != null) {
      own.retire(firstPage, pages);
    }
  }

  /** Forgets which pages a process had. */
  void forget(ProcessId process) {
    owners.remove(new Owner.Own(process));
  }

  private Pages pagesOf(Owner owner) {
    return Objects.requireNonNull(owners.computeIfAbsent(owner, o -> new Pages()));
  }

  /** The pages of one owner. */
  private final class Pages {
    private final Map<Long, Long> numbers = new HashMap<>();
    private final Map<Long, Long> chunks = new HashMap<>();

    long frameOf(long page) {
      Long known = numbers.get(page);
      if (known != null) {
        return known;
      }
      long base = chunks.computeIfAbsent(Math.floorDiv(page, CHUNK), chunk -> takeChunk());
      long number = base + Math.floorMod(page, CHUNK);
      numbers.put(page, number);
      return number;
    }

    void retire(long first, long count) {
      numbers.keySet().removeIf(page -> page >= first && page - first < count);
      chunks
          .keySet()
          .removeIf(chunk -> chunk * CHUNK + CHUNK > first && chunk * CHUNK - first < count);
    }

    private long takeChunk() {
      long base = next;
      next += CHUNK;
      return base;
    }
  }
}
