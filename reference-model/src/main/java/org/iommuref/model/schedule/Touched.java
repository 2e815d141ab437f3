package org.iommuref.model.schedule;

import java.util.Arrays;

/**
 * What a move of a thread or machine touched: places in spaces, each read or written.
 *
 * <p>Spaces are numbered in the order in which a schedule touches them first. After the same
 * beginning the numbers are the same in every schedule; a space that was first touched later may
 * have another number in each, and counts as the same as any other such space of its class.
 *
 * <p>Of something that touches nothing it is not known what it does: it touches everything.
 */
public final class Touched {

  private final int known;
  private int[] spaces = new int[4];
  private Class<?>[] kinds = new Class<?>[4];
  private long[] addresses = new long[4];
  private boolean[] writes = new boolean[4];
  private int size;
  private boolean everything;

  /** Nothing yet; {@code known} spaces were numbered before the move. */
  public Touched(int known) {
    this.known = known;
  }

  /** Adds a place of {@code space}, whose class is {@code kind}. */
  public void add(int space, Class<?> kind, long address, boolean write) {
    for (int at = 0; at < size; at++) {
      if (spaces[at] == space && addresses[at] == address) {
        writes[at] |= write;
        return;
      }
    }
    if (size == spaces.length) {
      int length = 2 * size;
      spaces = Arrays.copyOf(spaces, length);
      kinds = Arrays.copyOf(kinds, length);
      addresses = Arrays.copyOf(addresses, length);
      writes = Arrays.copyOf(writes, length);
    }
    spaces[size] = space;
    kinds[size] = kind;
    addresses[size] = address;
    writes[size] = write;
    size++;
  }

  /** Adds every place there is. */
  public void addEverything() {
    everything = true;
  }

  /** Adds what the same move touched with other choices. */
  void addAll(Touched other) {
    everything |= other.everything;
    for (int at = 0; at < other.size; at++) {
      add(other.spaces[at], other.kinds[at], other.addresses[at], other.writes[at]);
    }
  }

  /**
   * Whether the order of this move and {@code later} cannot matter: no place is touched by both and
   * written by one. Both can be made after the same beginning or {@code later} after more of it.
   */
  public boolean independentOf(Touched later) {
    if (everything || later.everything) {
      return false;
    }
    for (int mine = 0; mine < size; mine++) {
      for (int its = 0; its < later.size; its++) {
        if (addresses[mine] == later.addresses[its]
            && (writes[mine] || later.writes[its])
            && maybeSameSpace(mine, later, its)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean maybeSameSpace(int mine, Touched later, int its) {
    if (spaces[mine] < known || later.spaces[its] < known) {
      return spaces[mine] == later.spaces[its];
    }
    return kinds[mine] == later.kinds[its];
  }
}
