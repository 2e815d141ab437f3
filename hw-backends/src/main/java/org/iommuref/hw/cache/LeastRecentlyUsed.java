package org.iommuref.hw.cache;

import java.util.Arrays;

/**
 * A fixed number of places, each found by a tag and a range of addresses, and in the order in which
 * they were used.
 *
 * <p>Hash chains and a doubly linked list, both of indices into arrays of primitives: nothing is
 * allocated after the constructor.
 */
final class LeastRecentlyUsed {

  /** No place. */
  static final int NONE = -1;

  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private static final int SHIFT_BITS = 6;
  private static final int SHIFT_MASK = (1 << SHIFT_BITS) - 1;

  private final long[] tags;

  /** The number of a range, and in the lowest bits the size: log2 of bytes, which is 6 at least. */
  private final long[] ranges;

  /** The first place of each chain, by the upper bits of a hash. */
  private final int[] chains;

  /** The next place of the chain that a place is in; of a free one, the next free one. */
  private final int[] behind;

  private final int[] newer;
  private final int[] older;
  private final int hashShift;
  private int newest = NONE;
  private int oldest = NONE;
  private int free;

  LeastRecentlyUsed(int places) {
    tags = new long[places];
    ranges = new long[places];
    behind = new int[places];
    newer = new int[places];
    older = new int[places];
    int bits = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(places);
    hashShift = Long.SIZE - bits;
    chains = new int[1 << bits];
    Arrays.fill(chains, NONE);
    Arrays.setAll(behind, place -> place + 1 == places ? NONE : place + 1);
  }

  /** The place of the range of 2^shift bytes around an address, or {@link #NONE}. */
  int find(long tag, long address, int shift) {
    long range = range(address, shift);
    int place = chains[chain(tag, range)];
    while (place != NONE && (ranges[place] != range || tags[place] != tag)) {
      place = behind[place];
    }
    return place;
  }

  private static long range(long address, int shift) {
    return ((address >>> shift) << SHIFT_BITS) | shift;
  }

  private int chain(long tag, long range) {
    return (int) (((range ^ (tag * SPREAD)) * SPREAD) >>> hashShift);
  }

  /** The tag of a place that is taken. */
  long tag(int place) {
    return tags[place];
  }

  /** The size of the range of a place that is taken, as log2 of bytes. */
  int shift(int place) {
    return (int) ranges[place] & SHIFT_MASK;
  }

  /** The first address of the range of a place that is taken. */
  long base(int place) {
    return (ranges[place] >>> SHIFT_BITS) << shift(place);
  }

  /** Makes a place the most recent one. */
  void use(int place) {
    if (place != newest) {
      unlink(place);
      link(place);
    }
  }

  /** Whether no place is free. */
  boolean isFull() {
    return free == NONE;
  }

  /** The place that was used least recently; there must be one. */
  int oldest() {
    return oldest;
  }

  /** Gives a free place to a range that has none. */
  int take(long tag, long address, int shift) {
    int place = free;
    free = behind[place];
    tags[place] = tag;
    ranges[place] = range(address, shift);
    int chain = chain(tag, ranges[place]);
    behind[place] = chains[chain];
    chains[chain] = place;
    link(place);
    return place;
  }

  /** Takes a place from its range. */
  void free(int place) {
    int chain = chain(tags[place], ranges[place]);
    if (chains[chain] == place) {
      chains[chain] = behind[place];
    } else {
      int before = chains[chain];
      while (behind[before] != place) {
        before = behind[before];
      }
      behind[before] = behind[place];
    }
    unlink(place);
    behind[place] = free;
    free = place;
  }

  private void link(int place) {
    newer[place] = NONE;
    older[place] = newest;
    if (newest == NONE) {
      oldest = place;
    } else {
      newer[newest] = place;
    }
    newest = place;
  }

  private void unlink(int place) {
    if (newer[place] == NONE) {
      newest = older[place];
    } else {
      older[newer[place]] = older[place];
    }
    if (older[place] == NONE) {
      oldest = newer[place];
    } else {
      newer[older[place]] = newer[place];
    }
  }
}
