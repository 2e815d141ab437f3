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
 */
record Mapping(
    long first,
    long end,
    boolean writable,
    boolean shared,
    @Nullable MemoryFile file,
    long fileFirst) {

  long fileIndex(long page) {
    return fileFirst + (page - first);
  }

  Mapping part(long from, long to) {
    return new Mapping(from, to, writable, shared, file, fileFirst + (from - first));
  }
}
