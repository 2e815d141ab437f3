package org.iommuref.hw.radix;

/**
 * The place of one entry.
 *
 * @param address of the entry itself, in bytes
 * @param level of the table that holds it
 * @param start the first input address that it serves
 * @param span the bytes that it serves
 */
record Slot(long address, int level, long start, long span) {

  /** The entry that {@code iova} selects in the table at {@code table}. */
  static Slot of(TableFormat format, long table, int level, long iova) {
    long index = iova >>> format.shift(level) & (1L << format.indexBits(level)) - 1;
    long span = format.span(level);
    return new Slot(table + Long.BYTES * index, level, iova & -span, span);
  }

  /** The last input address that it serves. */
  long last() {
    return start + span - 1;
  }

  /** Whether all that it serves lies from {@code first} to {@code last}. */
  boolean isWithin(long first, long last) {
    return first <= start && last() <= last;
  }
}
