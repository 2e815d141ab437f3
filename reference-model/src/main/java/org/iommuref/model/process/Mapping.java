package org.iommuref.model.process;

import org.jspecify.annotations.Nullable;

/**
 * A range of an address space, in pages. Linux: struct vm_area_struct.
 *
 * @param first the first page
 * @param end the page behind the last
 * @param writable whether the process may write
 * @param shared whether writes are seen by others who map the same
 * @param file what lies behind it, or null for anonymous memory
 * @param fileFirst the page of the file at {@code first}
 * @param region the region of the implementation that is mapped, or null; then it cannot be pinned
 */
record Mapping(
    long first,
    long end,
    boolean writable,
    boolean shared,
    @Nullable MemoryFile file,
    long fileFirst,
    @Nullable MappedRegion region) {

  static Mapping ofMemory(long first, long end, boolean writable, boolean shared) {
    return new Mapping(first, end, writable, shared, null, 0, null);
  }

  static Mapping ofFile(
      long first, long end, boolean writable, boolean shared, MemoryFile file, long fileFirst) {
    return new Mapping(first, end, writable, shared, file, fileFirst, null);
  }

  static Mapping ofRegion(long first, long end, boolean writable, MappedRegion region) {
    return new Mapping(first, end, writable, true, null, 0, region);
  }

  long fileIndex(long page) {
    return fileFirst + (page - first);
  }

  Mapping part(long from, long to) {
    return new Mapping(from, to, writable, shared, file, fileFirst + (from - first), region);
  }

  Mapping protectedAs(boolean writableNow) {
    return new Mapping(first, end, writableNow, shared, file, fileFirst, region);
  }
}
