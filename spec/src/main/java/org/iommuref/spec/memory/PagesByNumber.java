package org.iommuref.spec.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Pages found by their number, through groups of {@value #GROUP} neighbours.
 *
 * <p>Every entry that a unit walks through is looked up here. So the groups below 4 GiB are found
 * by index, in an array that grows as far as there are pages: two loads from places that stay in
 * the nearest cache of the processor. Those above are found by hash.
 */
final class PagesByNumber {

  /** Pages in a group: 2 MiB. */
  static final int GROUP = 512;

  private static final int GROUP_SHIFT = 9;
  private static final int NEAR_GROUPS = 2048;
  private static final int NEAR_AT_FIRST = 16;

  private long[] @Nullable [][] near = new long[NEAR_AT_FIRST][][];
  private final Map<Long, long[][]> far = new HashMap<>();

  /** The page, or null if there is none of that number. */
  long @Nullable [] get(long number) {
    long[] @Nullable [] group = group(number >>> GROUP_SHIFT);
    return group == null ? null : group[(int) number & (GROUP - 1)];
  }

  private long[] @Nullable [] group(long group) {
    return group < near.length ? near[(int) group] : far.get(group);
  }

  /** Adds a page whose number none has. */
  void put(long number, long[] page) {
    long group = number >>> GROUP_SHIFT;
    long[][] pages = group(group);
    if (pages == null) {
      pages = new long[GROUP][];
      add(group, pages);
    }
    pages[(int) number & (GROUP - 1)] = page;
  }

  private void add(long group, long[][] pages) {
    if (group >= NEAR_GROUPS) {
      far.put(group, pages);
      return;
    }
    if (group >= near.length) {
      near = Arrays.copyOf(near, 2 * Integer.highestOneBit((int) group));
    }
    near[(int) group] = pages;
  }
}
