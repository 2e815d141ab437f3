package org.iommuref.hw.cache;

import java.util.Arrays;

/**
 * A fixed number of places, each found by a tag and a range of addresses, and in the order in which
 * they were used.
 *
 * <p>Hash chains, and a ring in which each place is behind the one that was used next before it:
 * the newest is behind the oldest, so the oldest becomes the newest by a turn of the ring, which is
 * what a full cache does at each fill. Free places count as older than all that are taken. All of a
 * place lies together in arrays of primitives, and nothing is allocated after the constructor; what
 * that costs the reader are the constants by which a place is divided.
 */
final class LeastRecentlyUsed {

  /** No place. */
  static final int NONE = -1;

  private static final long SPREAD = 0x9e37_79b9_7f4a_7c15L;

  private static final int SHIFT_BITS = 6;
  private static final int SHIFT_MASK = (1 << SHIFT_BITS) - 1;

  /** The quadwords of a place: its tag, and its range. */
  private static final int KEY = 2;

  /** The number of a range, and in the lowest bits the size: log2 of bytes, which is 6 at least. */
  private static final int RANGE = 1;

  /** The links of a place: the next newer place first. */
  private static final int LINKS = 4;

  private static final int OLDER = 1;

  /** The next place of the chain that a place is in. */
  private static final int BEHIND = 2;

  /** The chain that a place is in, or {@link #NONE} while it is free. */
  private static final int CHAIN = 3;

  private final long[] keys;
  private final int[] links;

  /** The first place of each chain, by the upper bits of a hash. */
  private final int[] chains;

  private final int hashShift;

  /** The place that the ring begins with: a free one if there is any. */
  private int first;

  private int free;

  LeastRecentlyUsed(int places) {
    keys = new long[KEY * places];
    links = new int[LINKS * places];
    free = places;
    int bits = 1 + Integer.SIZE - Integer.numberOfLeadingZeros(places);
    hashShift = Long.SIZE - bits;
    chains = new int[1 << bits];
    Arrays.fill(chains, NONE);
    for (int place = 0; place < places; place++) {
      link(place, (place + 1) % places);
      links[LINKS * place + CHAIN] = NONE;
    }
  }

  private void link(int place, int newer) {
    links[LINKS * place] = newer;
    links[LINKS * newer + OLDER] = place;
  }

  /** The place of the range of 2^shift bytes around an address, or {@link #NONE}. */
  int find(long tag, long address, int shift) {
    long range = range(address, shift);
    int place = chains[chain(tag, range)];
    while (place != NONE && (keys[KEY * place + RANGE] != range || keys[KEY * place] != tag)) {
      place = links[LINKS * place + BEHIND];
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
    return keys[KEY * place];
  }

  /** The size of the range of a place that is taken, as log2 of bytes. */
  int shift(int place) {
    return (int) keys[KEY * place + RANGE] & SHIFT_MASK;
  }

  /** The first address of the range of a place that is taken. */
  long base(int place) {
    return (keys[KEY * place + RANGE] >>> SHIFT_BITS) << shift(place);
  }

  /** Makes a place the most recent one. */
  void use(int place) {
    if (place == first) {
      first = links[LINKS * first];
    } else if (place != links[LINKS * first + OLDER]) {
      moveBehindTheNewest(place);
    }
  }

  private void moveBehindTheNewest(int place) {
    link(links[LINKS * place + OLDER], links[LINKS * place]);
    link(links[LINKS * first + OLDER], place);
    link(place, first);
  }

  /** Whether no place is free. */
  boolean isFull() {
    return free == 0;
  }

  /** How many places are taken. */
  int taken() {
    return keys.length / KEY - free;
  }

  /** The place that was used least recently; there must be one. */
  int oldest() {
    int place = first;
    while (links[LINKS * place + CHAIN] == NONE) {
      place = links[LINKS * place];
    }
    return place;
  }

  /** Gives a free place to a range that has none. */
  int take(long tag, long address, int shift) {
    free--;
    return takeFirst(tag, address, shift);
  }

  /** Gives the place that was used least recently to another range; no place is free. */
  int takeOldest(long tag, long address, int shift) {
    leaveChain(first);
    return takeFirst(tag, address, shift);
  }

  private int takeFirst(long tag, long address, int shift) {
    int place = first;
    first = links[LINKS * place];
    long range = range(address, shift);
    keys[KEY * place] = tag;
    keys[KEY * place + RANGE] = range;
    int chain = chain(tag, range);
    links[LINKS * place + BEHIND] = chains[chain];
    links[LINKS * place + CHAIN] = chain;
    chains[chain] = place;
    return place;
  }

  /** Takes a place from its range. */
  void free(int place) {
    leaveChain(place);
    links[LINKS * place + CHAIN] = NONE;
    if (place != first) {
      if (place != links[LINKS * first + OLDER]) {
        moveBehindTheNewest(place);
      }
      first = place;
    }
    free++;
  }

  private void leaveChain(int place) {
    int chain = links[LINKS * place + CHAIN];
    int behind = links[LINKS * place + BEHIND];
    if (chains[chain] == place) {
      chains[chain] = behind;
      return;
    }
    int before = chains[chain];
    while (links[LINKS * before + BEHIND] != place) {
      before = links[LINKS * before + BEHIND];
    }
    links[LINKS * before + BEHIND] = behind;
  }
}
