package org.iommuref.model.mock;

import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.Memory;

/**
 * Pages of the kernel that a user may map. They lie in the upper half of a memory of 2^40 bytes.
 */
final class KernelPages {

  private static final long FIRST_FRAME = 1L << 27;

  private final Memory memory;
  private final Shared shared;
  private final BitSet taken = new BitSet();

  KernelPages(Memory memory, Function<Lifetime, Shared> shared) {
    this.memory = memory;
    this.shared = shared.apply(new Lifetime("the pages of the kernel"));
  }

  /** Takes adjacent frames that are zero but for their first word; by number. */
  long[] take(int count, int word) {
    List<Long> frames =
        shared.take(new MockStep.TakePages(count), step -> takeFree(step.count(), word));
    return frames.stream().mapToLong(Long::longValue).toArray();
  }

  private List<Long> takeFree(int count, int word) {
    int place = 0;
    while (taken.get(place)) {
      place += count; // all who ask want as many
    }
    taken.set(place, place + count);
    long first = FIRST_FRAME + place;
    List<Long> frames = LongStream.range(first, first + count).boxed().toList();
    frames.forEach(frame -> clear(frame * Processes.PAGE_SIZE));
    memory.writeInt(first * Processes.PAGE_SIZE, word);
    return frames;
  }

  void giveBack(long[] frames) {
    shared.change(
        new MockStep.GiveBackPages(frames[0], frames.length),
        step -> {
          int place = (int) (step.frame() - FIRST_FRAME);
          taken.clear(place, place + step.count());
        });
  }

  private void clear(long page) {
    for (int at = 0; at < Processes.PAGE_SIZE; at += Long.BYTES) {
      memory.writeLong(page + at, 0);
    }
  }
}
