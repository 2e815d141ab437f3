package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.iommuref.model.schedule.Machine;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.step.DeviceSpace;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.Steps;
import org.jspecify.annotations.Nullable;

/**
 * A store buffer for each software thread of a race, between the threads and one memory.
 *
 * <p>In a step of software a write goes into the thread's buffer and a read sees what is there;
 * hardware, set-up and outcome see the memory alone. A write drains by a move of the buffer, which
 * is a machine. All of a thread's writes drain at once at a fence, when it takes or gives back a
 * lock, with an atomic read-modify-write, and with an access to shared state that is not memory,
 * which stands for one under a lock; registers of a device are different: there the writes drain
 * first only if their order is kept.
 */
public final class StoreBuffers {

  private final StoreOrder order;
  private final Memory memory;
  private final Footprint footprint;
  private final Memory seen = new Seen();
  private final List<StoreBuffer> buffers = new ArrayList<>();
  private Consumer<Step> events = event -> {};
  private @Nullable StoreBuffer current;

  private StoreBuffers(StoreOrder order, Memory memory, Footprint footprint) {
    this.order = order;
    this.memory = memory;
    this.footprint = footprint;
  }

  /**
   * What all, hardware too, are to use as memory so that the writes of the race's threads go
   * through store buffers; {@code memory} itself if the order is sequential or {@code steps} do not
   * explore.
   *
   * @throws IllegalStateException if the scenario has such a memory already
   */
  public static Memory over(Memory memory, StoreOrder order, Steps steps, Footprint footprint) {
    if (order == StoreOrder.SEQUENTIAL || !(steps instanceof ExploredSteps explored)) {
      return memory;
    }
    var buffers = new StoreBuffers(order, memory, footprint);
    explored.buffer(buffers);
    return buffers.seen;
  }

  /** Begins the race of {@code players}; returns their buffers as machines. */
  List<Machine> begin(List<Player> players, Consumer<Step> listener) {
    events = listener;
    var machines = new ArrayList<Machine>();
    for (Player player : players) {
      var buffer = new StoreBuffer(memory, footprint, order == StoreOrder.TOTAL);
      player.stores = buffer;
      buffers.add(buffer);
      var hardware = new Lanes(buffer, player.name());
      for (int lane = 0; lane < hardware.machines(); lane++) {
        machines.add(new Machine(hardware, lane));
      }
    }
    return machines;
  }

  /** From now on accesses are those of {@code player}; of hardware if null. */
  void accessedBy(@Nullable Player player) {
    current = player == null ? null : player.stores;
  }

  /** Whether every write of every thread is in memory. */
  boolean areEmpty() {
    return buffers.stream().allMatch(StoreBuffer::isEmpty);
  }

  /** Drains what must be in memory before the current thread accesses {@code space}. */
  void beforeAccess(Object space) {
    if (space instanceof Memory || space instanceof StoreBuffer) {
      return;
    }
    if (order == StoreOrder.TOTAL || !(space instanceof DeviceSpace)) {
      drainCurrent();
    }
  }

  /** Drains all writes of {@code player}. */
  void drain(Player player) {
    StoreBuffer buffer = player.stores;
    if (buffer != null) {
      buffer.drainAll(events);
    }
  }

  private void drainCurrent() {
    if (current != null) {
      current.drainAll(events);
    }
  }

  /** The memory as whoever accesses it sees it. */
  private final class Seen implements Memory {

    @Override
    public long readLong(long address) {
      long there = memory.readLong(address);
      return current == null ? there : current.seen(address, there);
    }

    @Override
    public void writeLong(long address, long value) {
      if (current == null) {
        memory.writeLong(address, value);
      } else {
        current.add(address, Long.BYTES, new Atom(value, 0), events);
      }
    }

    @Override
    public int readInt(long address) {
      int there = memory.readInt(address);
      if (current == null) {
        return there;
      }
      int shift = StoreBuffer.shift(address);
      long inMemory = (there & 0xffff_ffffL) << shift;
      return (int) (current.seen(address & ~7L, inMemory) >>> shift);
    }

    @Override
    public void writeInt(long address, int value) {
      if (current == null) {
        memory.writeInt(address, value);
      } else {
        current.add(address, Integer.BYTES, new Atom(value & 0xffff_ffffL, 0), events);
      }
    }

    @Override
    public boolean compareAndSetLong(long address, long expected, long value) {
      drainCurrent();
      return memory.compareAndSetLong(address, expected, value);
    }

    @Override
    public Atom readAtom(long address) {
      Atom there = memory.readAtom(address);
      return current == null
          ? there
          : new Atom(current.seen(address, there.low()), current.seen(address + 8, there.high()));
    }

    @Override
    public void writeAtom(long address, Atom atom) {
      if (current == null) {
        memory.writeAtom(address, atom);
      } else {
        current.add(address, 2 * Long.BYTES, atom, events);
      }
    }

    @Override
    public boolean takesAtomics(long address) {
      return memory.takesAtomics(address);
    }

    @Override
    public boolean contains(long address) {
      return memory.contains(address);
    }
  }

  /** The lanes of one buffer as machines. */
  private final class Lanes implements Hardware {

    private final StoreBuffer buffer;
    private final String thread;

    Lanes(StoreBuffer buffer, String thread) {
      this.buffer = buffer;
      this.thread = thread;
    }

    @Override
    public int machines() {
      return order == StoreOrder.TOTAL ? 1 : StoreBuffer.LANES;
    }

    @Override
    public boolean enabled(int index) {
      return buffer.canDrain(index);
    }

    @Override
    public void advance(int index) {
      buffer.drainLane(index, events);
    }

    @Override
    public String machineName(int index) {
      return order == StoreOrder.TOTAL
          ? "stores of " + thread
          : "stores of " + thread + " " + index;
    }
  }
}
