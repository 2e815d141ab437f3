package org.iommuref.spec.memory;

/**
 * The allocator of 4 KiB pages for tables and queues; a freed page is handed out again.
 *
 * <p>Clause INV-007 is about when a table page may come back here.
 */
public interface PageAllocator {

  /**
   * Takes a page; its content is zero. Returns its address in bytes, or -1 when none is left
   * (ENOMEM).
   */
  long allocate();

  /** Gives a page back; from now on it may hold anything. */
  void free(long page);
}
