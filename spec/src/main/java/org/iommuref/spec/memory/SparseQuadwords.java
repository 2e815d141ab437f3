package org.iommuref.spec.memory;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Quadwords by number, of which those in pages that were never written are 0 and cost nothing.
 *
 * <p>Every entry that a unit walks through is read here, so a read touches as few lines of the
 * processor's caches as there can be: all pages lie in one array, in the order in which they were
 * first written, and an index tells where each begins. An array for each page would be plainer, but
 * its length lies in a line of its own, which a read needs too; and pages at a distance of exactly
 * 4 KiB would have equal entries of many tables compete for the same few places of a cache.
 *
 * <p>The index is divided into groups of pages: those below 4 GiB are found by number, in an array
 * that grows as far as there are pages, the others by hash.
 */
final class SparseQuadwords {

  private static final int PAGE_SHIFT = 9;
  private static final int PAGE = 1 << PAGE_SHIFT;
  private static final int GROUP_SHIFT = 9;
  private static final int GROUP = 1 << GROUP_SHIFT;
  private static final int NEAR_GROUPS = 2048;

  /** One more line of a cache than there is in a page. */
  private static final int DISTANCE = PAGE + 8;

  /** Where no page begins: this much of the array is left free. */
  private static final int NONE = 0;

  private long[] quadwords = new long[1 + 4 * DISTANCE];
  private int end = 1;
  private int[] @Nullable [] near = new int[1][];
  private final Map<Long, int[]> far = new HashMap<>();

  /** The quadword of a number, unsigned. */
  long get(long number) {
    int page = page(number);
    return page == NONE ? 0 : quadwords[page + inPage(number)];
  }

  /** Replaces the quadword of a number. */
  void set(long number, long value) {
    int page = page(number);
    if (page == NONE) {
      page = add(number);
    }
    quadwords[page + inPage(number)] = value;
  }

  private static int inPage(long number) {
    return (int) number & (PAGE - 1);
  }

  private static int inGroup(long number) {
    return (int) (number >>> PAGE_SHIFT) & (GROUP - 1);
  }

  private int page(long number) {
    long group = number >>> (PAGE_SHIFT + GROUP_SHIFT);
    int[] pages = group < near.length ? near[(int) group] : far.get(group);
    return pages == null ? NONE : pages[inGroup(number)];
  }

  private int add(long number) {
    int page = end;
    end += DISTANCE;
    if (end > quadwords.length) {
      quadwords = Arrays.copyOf(quadwords, 2 * quadwords.length);
    }
    groupForWrite(number >>> (PAGE_SHIFT + GROUP_SHIFT))[inGroup(number)] = page;
    return page;
  }

  private int[] groupForWrite(long group) {
    if (group >= NEAR_GROUPS) {
      return far.computeIfAbsent(group, absent -> new int[GROUP]);
    }
    if (group >= near.length) {
      near = Arrays.copyOf(near, 2 * Integer.highestOneBit((int) group));
    }
    int[] pages = near[(int) group];
    if (pages == null) {
      pages = new int[GROUP];
      near[(int) group] = pages;
    }
    return pages;
  }
}
