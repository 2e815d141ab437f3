package org.iommuref.conformance.compare;

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

  static final int PAGE = 4096;
  static final int MEMORY_PAGES = 16;

  /** The first address that a mock domain translates. */
  static final long APERTURE = 1L << 24;

  /** The page of a mock domain. */
  static final int MOCK_PAGE = 2048;

  private Layout() {}
}
