package org.iommuref.conformance.fuzz;

/** Where a fuzzed program has its memory; between the parts nothing is mapped. In bytes. */
final class Layout {

  static final int PAGE = 4096;

  /** The structure of a call: two pages. */
  static final long STRUCTURE = 0x1_0000;

  static final long STRUCTURE_END = STRUCTURE + 2 * PAGE;

  /** What structures point to: two pages. */
  static final long DATA = 0x2_0000;

  /** Where answers go that are no structure: two pages. */
  static final long ANSWER = 0x3_0000;

  /** Memory to map for devices. */
  static final long MEMORY = 0x10_0000;

  static final int MEMORY_PAGES = 32;

  /** Memory that the program may only read: four pages. */
  static final long READ_ONLY = 0x20_0000;

  /** The first address that a mock domain translates. */
  static final long APERTURE = 1L << 24;

  /** The page of a mock domain. */
  static final int MOCK_PAGE = 2048;

  /** The page of a mock domain, in which addresses for mapping are drawn. */
  static final int IOVA_PAGES = 256;

  private Layout() {}
}
