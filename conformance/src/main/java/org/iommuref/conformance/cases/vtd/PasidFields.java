package org.iommuref.conformance.cases.vtd;

/**
 * Fields of a PASID entry of 64 bytes, each by the quadword that it lies in, its lowest bit there
 * and its width. Manual 9.6.
 */
enum PasidFields {
  P(0, 0, 1),
  FPD(0, 1, 1),
  AW(0, 2, 3),
  PGTT(0, 6, 3),
  SSADE(0, 9, 1),
  DID(1, 0, 16),
  PWSNP(1, 23, 1),
  PGSNP(1, 24, 1),
  SRE(2, 0, 1),
  FSPM(2, 2, 2),
  WPE(2, 4, 1),
  EAFE(2, 7, 1);

  /** Of PGTT. */
  static final int FIRST_STAGE = 1;

  static final int SECOND_STAGE = 2;
  static final int NESTED = 3;
  static final int PASS_THROUGH = 4;

  /** How many quadwords an entry has. */
  static final int QUADWORDS = 8;

  private final int quadword;
  private final int low;
  private final int width;

  PasidFields(int quadword, int low, int width) {
    this.quadword = quadword;
    this.low = low;
    this.width = width;
  }

  /** Gives the field of an entry a value. */
  void put(long[] entry, long value) {
    long mask = ((1L << width) - 1) << low;
    entry[quadword] = (entry[quadword] & ~mask) | (value << low & mask);
  }
}
