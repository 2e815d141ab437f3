package org.iommuref.conformance.compare;

import java.util.Random;

/** Where a program has its memory: the same on both sides. Addresses and lengths in bytes. */
final class Layout {

  /** The structure of the call. */
  static final long STRUCTURE = 0x2000_0000L;

  /** Arrays and user data that a structure points to. */
  static final long DATA = 0x2100_0000L;

  /** Where answers of drivers, bitmaps and events go. */
  static final long ANSWER = 0x2200_0000L;

  /** Memory that is mapped for devices. */
  static final long MEMORY = 0x3000_0000L;

  /** The pages behind it, which cannot be written; behind these there is nothing. */
  static final long READ_ONLY = 0x3001_0000L;

  /** A file of memory, shared with whoever maps it. */
  static final long OF_FILE = 0x3100_0000L;

  /** Where regions of drivers are mapped. */
  static final long REGIONS = 0x3200_0000L;

  static final int PAGE = 4096;
  static final int MEMORY_PAGES = 16;
  static final int READ_ONLY_PAGES = 4;

  /** The first address that a mock domain translates. */
  static final long APERTURE = 1L << 24;

  /** The page of a mock domain. */
  static final int MOCK_PAGE = 2048;

  private Layout() {}

  /** Where a page begins that may be mapped for devices: mostly one that a program can write. */
  static long somePage(Random random) {
    if (random.nextInt(6) == 0) {
      return OF_FILE + (long) random.nextInt(MEMORY_PAGES) * PAGE;
    }
    if (random.nextInt(24) == 0) {
      return REGIONS;
    }
    int pages = random.nextInt(8) == 0 ? MEMORY_PAGES + READ_ONLY_PAGES : MEMORY_PAGES;
    return MEMORY + (long) random.nextInt(pages) * PAGE;
  }
}
