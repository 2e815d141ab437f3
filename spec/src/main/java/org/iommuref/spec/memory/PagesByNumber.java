package org.iommuref.spec.memory;

import org.jspecify.annotations.Nullable;

/**
 * Pages found by their number, by open addressing: the next free place behind that of the hash.
 *
 * <p>Every entry that a unit walks through is looked up here, so numbers are not boxed.
 */
final class PagesByNumber {

  private static final int PLACES_AT_FIRST = 64;
  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private long[] numbers = new long[PLACES_AT_FIRST];
  private byte[] @Nullable [] pages = new byte[PLACES_AT_FIRST][];
  private int size;

  /** The page, or null if there is none of that number. */
  byte @Nullable [] get(long number) {
    return pages[place(number)];
  }

  /** Adds a page whose number none has. */
  void put(long number, byte[] page) {
    if (2 * ++size > pages.length) {
      grow();
    }
    set(number, page);
  }

  private void set(long number, byte[] page) {
    int place = place(number);
    numbers[place] = number;
    pages[place] = page;
  }

  private int place(long number) {
    int last = pages.length - 1;
    int place = (int) ((number * SPREAD) >>> 32) & last;
    while (pages[place] != null && numbers[place] != number) {
      place = (place + 1) & last;
    }
    return place;
  }

  private void grow() {
    long[] before = numbers;
    byte[] @Nullable [] pagesBefore = pages;
    numbers = new long[2 * before.length];
    pages = new byte[2 * before.length][];
    for (int i = 0; i < before.length; i++) {
      byte[] page = pagesBefore[i];
      if (page != null) {
        set(before[i], page);
      }
    }
  }
}
