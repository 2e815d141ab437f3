package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;

/**
 * The writes of one software thread that are not in memory yet, oldest first.
 *
 * <p>A write lies in a lane, from which it drains; the lanes are as many machines. A buffer that
 * keeps the order has one lane, which drains the oldest. Without order writes take the lanes in
 * turn; when the next lane is taken, what it holds is the oldest of all, and drains first.
 */
final class StoreBuffer {

  /** Lanes of a buffer without order: as many writes as can wait at once. */
  static final int LANES = 8;

  private static final int LONGEST = 64;

  /** The place that stands for all writes, beside one for each by its serial number. */
  private static final long ALL = Long.MIN_VALUE;

  private record Store(int lane, long serial, long address, int bytes, Atom value) {
    boolean covers(long cell) {
      return cell >= (address & ~7L) && cell < address + bytes;
    }

    boolean overlaps(Store other) {
      return covers(other.address & ~7L) || other.covers(address & ~7L);
    }

    /** The eight bytes at {@code cell} after this write. */
    long over(long cell, long before) {
      if (bytes == Integer.BYTES) {
        int shift = shift(address);
        return (before & ~(0xffff_ffffL << shift)) | (value.low() << shift);
      }
      return cell == address ? value.low() : value.high();
    }
  }

  private final Memory memory;
  private final Footprint footprint;
  private final boolean ordered;
  private final List<Store> stores = new ArrayList<>();
  private long serials;

  StoreBuffer(Memory memory, Footprint footprint, boolean ordered) {
    this.memory = memory;
    this.footprint = footprint;
    this.ordered = ordered;
  }

  boolean isEmpty() {
    return stores.isEmpty();
  }

  /** How far a word lies from the beginning of its eight bytes, in bits. */
  static int shift(long address) {
    return 8 * (int) (address & 4);
  }

  void add(long address, int bytes, Atom value, Consumer<Step> events) {
    int lane = ordered ? 0 : (int) (serials % LANES);
    if (stores.size() == LONGEST || (!ordered && place(lane) >= 0)) {
      drain(0, events);
    }
    footprint.read(this, serials - (ordered ? LONGEST : LANES));
    footprint.write(this, serials);
    stores.add(new Store(lane, serials++, address, bytes, value));
  }

  /** The eight bytes at {@code cell} as the thread sees them, {@code inMemory} being there. */
  long seen(long cell, long inMemory) {
    long value = inMemory;
    for (Store store : stores) {
      if (store.covers(cell)) {
        footprint.read(this, store.serial);
        value = store.over(cell, value);
      }
    }
    return value;
  }

  /** Whether the oldest write in the lane can drain: none before it is to the same eight bytes. */
  boolean canDrain(int lane) {
    int place = place(lane);
    if (place < 0) {
      return false;
    }
    Store store = stores.get(place);
    footprint.read(this, store.serial);
    for (Store before : stores.subList(0, place)) {
      if (before.overlaps(store)) {
        return false;
      }
    }
    return true;
  }

  private int place(int lane) {
    for (int place = 0; place < stores.size(); place++) {
      if (stores.get(place).lane == lane) {
        return place;
      }
    }
    return -1;
  }

  void drainLane(int lane, Consumer<Step> events) {
    footprint.read(this, ALL);
    drain(place(lane), events);
  }

  void drainAll(Consumer<Step> events) {
    footprint.write(this, ALL);
    while (!stores.isEmpty()) {
      drain(0, events);
    }
  }

  private void drain(int place, Consumer<Step> events) {
    Store store = stores.remove(place);
    footprint.write(this, store.serial);
    switch (store.bytes) {
      case Integer.BYTES -> memory.writeInt(store.address, (int) store.value.low());
      case Long.BYTES -> memory.writeLong(store.address, store.value.low());
      default -> memory.writeAtom(store.address, store.value);
    }
    events.accept(new DrainStore(store.address, store.bytes, store.value.low()));
  }
}
