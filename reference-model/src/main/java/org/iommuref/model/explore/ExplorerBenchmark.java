package org.iommuref.model.explore;

import java.util.List;
import java.util.function.LongSupplier;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.model.schedule.RandomScheduler;
import org.iommuref.model.schedule.Scheduler;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/**
 * How many schedules of 54 moves a second: two software threads and one machine that serves both.
 */
public final class ExplorerBenchmark {

  private static final int ENTRIES = 4;
  private static final int ROUNDS = 3;
  private static final long FIRST = 0x1000;
  private static final long SECOND = 0x2000;

  /**
   * What was measured.
   *
   * @param schedules how many were run
   * @param steps moves of threads and machines in all of them
   * @param nanoseconds that took
   */
  public record Measurement(long schedules, long steps, long nanoseconds) {

    /** Schedules in a second. */
    public double schedulesPerSecond() {
      return schedules * 1e9 / nanoseconds;
    }

    /** Moves in a schedule, on average. */
    public double stepsPerSchedule() {
      return (double) steps / schedules;
    }
  }

  private record WriteEntry(long address, long value) implements Step {}

  private record Submit(long ticket) implements Step {}

  private record Done(long ticket) implements Step {}

  private record Execute(long ticket) implements Step {}

  private ExplorerBenchmark() {}

  /** Random schedules, where the permit changes hands most. */
  public static Measurement random(long seed, long schedules, LongSupplier nanoTime) {
    return measure(new RandomScheduler(seed), schedules, nanoTime);
  }

  /** The first schedules with at most {@code preemptions} preemptions. */
  public static Measurement bounded(int preemptions, long schedules, LongSupplier nanoTime) {
    return measure(DfsScheduler.bounded(preemptions), schedules, nanoTime);
  }

  private static Measurement measure(Scheduler scheduler, long schedules, LongSupplier nanoTime) {
    var explorer = Explorer.of(scenario());
    long begin = nanoTime.getAsLong();
    Exploration<Long> result = explorer.explore(scheduler, schedules);
    long end = nanoTime.getAsLong();
    return new Measurement(result.schedules(), result.moves(), end - begin);
  }

  /** Two threads that write entries under a lock, submit, and wait for the queue: 54 moves. */
  static Scenario<Long> scenario() {
    return (steps, footprint) -> {
      var memory = SystemMemory.ofSize(1 << 20, footprint);
      var queue = new Queue(steps, memory);
      steps.connect(queue);
      var lock = new StepLock("tables");
      return new Prepared<>() {
        @Override
        public List<SoftwareThread> threads() {
          return List.of(
              new SoftwareThread("cpu 0", () -> rounds(steps, memory, lock, FIRST)),
              new SoftwareThread("cpu 1", () -> rounds(steps, memory, lock, SECOND)));
        }

        @Override
        public Long outcome() {
          return memory.readLong(FIRST) + memory.readLong(SECOND) + queue.executed;
        }
      };
    };
  }

  private static void rounds(Steps steps, Memory memory, StepLock lock, long base) {
    for (int round = 1; round <= ROUNDS; round++) {
      steps.lock(lock);
      for (int entry = 0; entry < ENTRIES; entry++) {
        steps.perform(
            new WriteEntry(base + 8L * entry, round),
            step -> memory.writeLong(step.address(), step.value()));
      }
      steps.unlock(lock);
      long ticket = round;
      steps.perform(new Submit(ticket), step -> memory.writeLong(base + Queue.TAIL, step.ticket()));
      steps.waitFor(new Done(ticket), () -> memory.readLong(base + Queue.HEAD) == ticket);
    }
  }

  /**
   * A queue for each thread, served by one machine: a move takes a ticket, the next completes it.
   */
  private static final class Queue implements Hardware {

    private static final long TAIL = 0x800;
    private static final long HEAD = 0x808;

    private final Steps steps;
    private final Memory memory;
    private long executed;
    private long fetchedOf;
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
      return fetchedOf != 0 || waiting(FIRST) || waiting(SECOND);
    }

    private boolean waiting(long base) {
      return memory.readLong(base + TAIL) != memory.readLong(base + HEAD);
    }

    @Override
    public void advance(int index) {
      if (fetchedOf == 0) {
        fetchedOf = waiting(FIRST) ? FIRST : SECOND;
        fetched = memory.readLong(fetchedOf + TAIL);
      } else {
        memory.writeLong(fetchedOf + HEAD, fetched);
        executed++;
        fetchedOf = 0;
        steps.report(new Execute(fetched));
      }
    }

    @Override
    public String machineName(int index) {
      return "queue";
    }
  }
}
