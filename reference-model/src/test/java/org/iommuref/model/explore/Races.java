package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/** The classic races, small enough to count their schedules by hand. */
final class Races {

  private static final long COUNTER = 0x1000;
  private static final long DOORBELL = 0x2000;
  private static final long DONE = 0x2008;

  record ReadCounter(long address) implements YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  record WriteCounter(long address, long value) implements Step {}

  record RingDoorbell(long request) implements Step {}

  record RequestDone(long request) implements Step {}

  record FetchRequest(long request) implements Step {}

  record CompleteRequest(long request) implements Step {}

  private Races() {}

  /** What a test needs of a scenario: threads and an outcome. */
  record Fixed<O>(List<SoftwareThread> threads, java.util.function.Supplier<O> result)
      implements Prepared<O> {
    @Override
    public O outcome() {
      return result.get();
    }
  }

  /**
   * Two threads that each add one to a counter, by a read and a write. The outcome is the counter.
   */
  static Scenario<Long> increments() {
    return (steps, footprint) -> {
      var memory = SystemMemory.ofSize(1 << 16, footprint);
      return new Fixed<>(
          List.of(
              new SoftwareThread("a", () -> increment(steps, memory)),
              new SoftwareThread("b", () -> increment(steps, memory))),
          () -> memory.readLong(COUNTER));
    };
  }

  /** The same under a lock. */
  static Scenario<Long> lockedIncrements() {
    return (steps, footprint) -> {
      var memory = SystemMemory.ofSize(1 << 16, footprint);
      var lock = new StepLock("counter");
      Runnable body =
          () -> {
            steps.lock(lock);
            increment(steps, memory);
            steps.unlock(lock);
          };
      return new Fixed<>(
          List.of(new SoftwareThread("a", body), new SoftwareThread("b", body)),
          () -> memory.readLong(COUNTER));
    };
  }

  static void increment(Steps steps, Memory memory) {
    long value = steps.obtain(new ReadCounter(COUNTER), step -> memory.readLong(step.address()));
    steps.perform(
        new WriteCounter(COUNTER, value + 1),
        step -> memory.writeLong(step.address(), step.value()));
  }

  /** Two threads that take two locks in opposite order. */
  static Scenario<String> twoLocks() {
    return (steps, footprint) -> {
      var first = new StepLock("first");
      var second = new StepLock("second");
      return new Fixed<>(
          List.of(
              new SoftwareThread("a", () -> inOrder(steps, first, second)),
              new SoftwareThread("b", () -> inOrder(steps, second, first))),
          () -> "both ended");
    };
  }

  private static void inOrder(Steps steps, StepLock outer, StepLock inner) {
    steps.lock(outer);
    steps.lock(inner);
    steps.unlock(inner);
    steps.unlock(outer);
  }

  /** One thread rings a doorbell and waits for the queue machine; the outcome is what it finds. */
  static Scenario<Long> doorbell() {
    return (steps, footprint) -> {
      var memory = SystemMemory.ofSize(1 << 16, footprint);
      steps.connect(new Queue(steps, memory));
      var found = new ArrayList<Long>();
      Runnable body =
          () -> {
            steps.perform(new RingDoorbell(7), step -> memory.writeLong(DOORBELL, step.request()));
            steps.waitFor(new RequestDone(7), () -> memory.readLong(DONE) == 7);
            found.add(steps.obtain(new ReadCounter(DONE), s -> memory.readLong(s.address())));
          };
      return new Fixed<>(List.of(new SoftwareThread("driver", body)), () -> found.get(0));
    };
  }

  /** A queue of one request: reads the doorbell, then writes completion. */
  static final class Queue implements Hardware {

    private final Steps steps;
    private final Memory memory;
    private long fetched;

    Queue(Steps steps, Memory memory) {
      this.steps = steps;
      this.memory = memory;
    }

    @Override
    public int machines() {
      return 1;
    }

    @Override
    public boolean enabled(int index) {
      return fetched != 0 || memory.readLong(DOORBELL) != memory.readLong(DONE);
    }

    @Override
    public void advance(int index) {
      if (fetched == 0) {
        fetched = memory.readLong(DOORBELL);
        steps.report(new FetchRequest(fetched));
      } else {
        memory.writeLong(DONE, fetched);
        steps.report(new CompleteRequest(fetched));
        fetched = 0;
      }
    }

    @Override
    public String machineName(int index) {
      return "queue";
    }
  }

  /** One thread that chooses twice; the outcome is what it chose. */
  static Scenario<List<Integer>> choices() {
    return (steps, footprint) -> {
      var chosen = new ArrayList<Integer>();
      Runnable body =
          () -> {
            chosen.add(steps.choose("evict", 2));
            chosen.add(steps.choose("entry", 3));
            chosen.add(steps.choose("only", 1));
          };
      return new Fixed<>(List.of(new SoftwareThread("chooser", body)), () -> List.copyOf(chosen));
    };
  }

  /** A single thread with the body given, over memory. */
  static Scenario<String> single(Body body) {
    return (steps, footprint) -> {
      var memory = SystemMemory.ofSize(1 << 16, footprint);
      return new Fixed<>(
          List.of(new SoftwareThread("only", () -> body.run(steps, memory, footprint))),
          () -> "ended");
    };
  }

  /** What a single thread does. */
  interface Body {
    void run(Steps steps, Memory memory, Footprint footprint);
  }
}
