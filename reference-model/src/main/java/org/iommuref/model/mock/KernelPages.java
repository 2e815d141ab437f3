package org.iommuref.model.mock;

import java.util.BitSet;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.Memory;

/**
 * Pages of the kernel that a user may map. They lie in the upper half of a memory of 2^40 bytes.
 */
final class KernelPages {

  private static final long FIRST_FRAME = 1L << 27;

  private final Memory memory;
  private final BitSet taken = new BitSet();

  KernelPages(Memory memory) {
    this.memory = memory;
  }

  /** Takes adjacent frames that are zero but for their first word; by number. */
  long[] take(int count, int word) {
    int place = 0;
    while (taken.get(place)) {
      place += count; // all who ask want as many
    }
    taken.set(place, place + count);
    long[] frames = new long[count];
    for (int index = 0; index < count; index++) {
      frames[index] = FIRST_FRAME + place + index;
      clear(frames[index] * Processes.PAGE_SIZE);
    }
    memory.writeInt(frames[0] * Processes.PAGE_SIZE, word);
    return frames;
  }

  void giveBack(long[] frames) {
    for (long frame : frames) {
      taken.clear((int) (frame - FIRST_FRAME));
    }
  }

  private void clear(long page) {
    for (int at = 0; at < Processes.PAGE_SIZE; at += Long.BYTES) {
      memory.writeLong(page + at, 0);
    }
  }
}
