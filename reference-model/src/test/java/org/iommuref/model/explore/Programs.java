package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/** Small programs drawn at random: threads over a few cells and locks, and a machine. */
final class Programs {

  private static final int CELLS = 3;
  private static final int LOCKS = 2;

  /** What one thread does, one operation after the other; it ends by giving back what it holds. */
  enum Kind {
    READ,
    WRITE,
    ADD,
    SWAP,
    CHOOSE,
    LOCK,
    LOCK_SHARED,
    UNLOCK,
    WAIT,
    FENCE
  }

  /** An operation on the cell or lock {@code on}. */
  record Operation(Kind kind, int on) {
    @Override
    public String toString() {
      return kind + " " + on;
    }
  }

  /** Threads, and whether a machine copies cell 0 to cell 1, once, while cell 2 is not set. */
  record Program(List<List<Operation>> threads, boolean machine) {}

  record Load(int cell) implements YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  record Store(int cell, long value) implements Step {}

  record Swap(int cell, long value) implements YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  record Barrier() implements Step {}

  record NotZero(int cell) implements Step {}

  private Programs() {}

  /** Two or three threads of up to three operations each, of any kind. */
  static Arbitrary<Program> small() {
    return of(Arbitraries.of(Kind.values()), CELLS, LOCKS);
  }

  /** The same about two cells, for memory that is not sequential. */
  static Arbitrary<Program> storing() {
    return of(
        Arbitraries.of(
            Kind.READ, Kind.READ, Kind.WRITE, Kind.WRITE, Kind.ADD, Kind.SWAP, Kind.FENCE),
        2,
        1);
  }

  /** The same about one lock and what it protects, or not. */
  static Arbitrary<Program> locking() {
    return of(
        Arbitraries.of(Kind.LOCK, Kind.LOCK_SHARED, Kind.LOCK_SHARED, Kind.ADD, Kind.READ), 1, 1);
  }

  private static Arbitrary<Program> of(Arbitrary<Kind> kinds, int cells, int locks) {
    Arbitrary<Operation> operation =
        kinds.flatMap(
            kind ->
                Arbitraries.integers()
                    .between(0, (kind.name().contains("LOCK") ? locks : cells) - 1)
                    .map(on -> new Operation(kind, on)));
    return operation
        .list()
        .ofMinSize(1)
        .ofMaxSize(3)
        .list()
        .ofMinSize(2)
        .ofMaxSize(3)
        .flatMap(
            threads -> Arbitraries.of(true, false).map(machine -> new Program(threads, machine)));
  }

  /** What each thread read, and the cells at the end. */
  static Scenario<String> scenario(Program program, StoreOrder order) {
    return (steps, footprint) -> {
      Memory memory =
          StoreBuffers.over(SystemMemory.ofSize(1 << 12, footprint), order, steps, footprint);
      var run = new Run(steps, memory, new ArrayList<>(), new TreeMap<>());
      for (int lock = 0; lock < LOCKS; lock++) {
        run.locks.add(new StepLock("lock " + lock));
      }
      if (program.machine) {
        steps.connect(new Copier(memory, footprint));
      }
      var threads = new ArrayList<SoftwareThread>();
      for (List<Operation> operations : program.threads) {
        String name = "t" + threads.size();
        threads.add(new SoftwareThread(name, () -> run.play(name, operations)));
      }
      return new Races.Fixed<>(threads, run::outcome);
    };
  }

  private record Run(
      Steps steps, Memory memory, List<StepLock> locks, Map<String, List<Long>> found) {

    void play(String name, List<Operation> operations) {
      var mine = new ArrayList<Long>();
      var held = new TreeMap<Integer, Kind>();
      for (Operation operation : operations) {
        int on = operation.on;
        switch (operation.kind) {
          case READ -> mine.add(load(on));
          case WRITE -> store(on, 1 + name.charAt(1) - '0');
          case ADD -> store(on, load(on) + 10);
          case SWAP ->
              mine.add(
                  steps.obtain(
                          new Swap(on, 7), s -> memory.compareAndSetLong(8L * s.cell, 0, s.value))
                      ? 1L
                      : 0L);
          case CHOOSE -> store(on, 20 + steps.choose("value", 2));
          case LOCK, LOCK_SHARED -> take(held, on, operation.kind);
          case UNLOCK -> giveBack(held, on);
          case FENCE -> steps.fence(new Barrier());
          case WAIT -> steps.waitFor(new NotZero(on), () -> memory.readLong(8L * on) != 0);
        }
      }
      List.copyOf(held.keySet()).forEach(on -> giveBack(held, on));
      found.put(name, mine);
    }

    private void take(Map<Integer, Kind> held, int on, Kind kind) {
      if (held.putIfAbsent(on, kind) == null) {
        if (kind == Kind.LOCK) {
          steps.lock(locks.get(on));
        } else {
          steps.lockShared(locks.get(on));
        }
      }
    }

    private void giveBack(Map<Integer, Kind> held, int on) {
      Kind kind = held.remove(on);
      if (kind == Kind.LOCK) {
        steps.unlock(locks.get(on));
      } else if (kind != null) {
        steps.unlockShared(locks.get(on));
      }
    }

    private long load(int cell) {
      return steps.obtain(new Load(cell), step -> memory.readLong(8L * step.cell));
    }

    private void store(int cell, long value) {
      steps.perform(new Store(cell, value), step -> memory.writeLong(8L * step.cell, step.value));
    }

    String outcome() {
      var cells = new ArrayList<Long>();
      for (int cell = 0; cell < CELLS; cell++) {
        cells.add(memory.readLong(8L * cell));
      }
      return found + " " + cells;
    }
  }

  /** Reads cell 0, then writes it to cell 1, once; it waits while cell 2 is set. */
  private static final class Copier implements Hardware {

    private final Memory memory;
    private final Footprint footprint;
    private int moves;
    private long read;

    Copier(Memory memory, Footprint footprint) {
      this.memory = memory;
      this.footprint = footprint;
    }

    @Override
    public int machines() {
      return 1;
    }

    @Override
    public boolean enabled(int index) {
      footprint.read(this, 0);
      return memory.readLong(16) == 0 && (moves == 1 || (moves == 0 && memory.readLong(0) != 0));
    }

    @Override
    public void advance(int index) {
      footprint.write(this, 0);
      if (moves++ == 0) {
        read = memory.readLong(0);
      } else {
        memory.writeLong(8, read);
      }
    }

    @Override
    public String machineName(int index) {
      return "copier";
    }
  }
}
