package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.iommuref.model.explore.Races.ReadCounter;
import org.iommuref.model.explore.Races.RequestDone;
import org.iommuref.model.explore.Races.WriteCounter;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.model.schedule.RandomScheduler;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.StepLock;
import org.junit.jupiter.api.Test;

final class EndingsTest {

  private static final long MANY = 100_000;

  private static Ending<String> endingOf(Races.Body body) {
    return Explorer.of(Races.single(body))
        .explore(DfsScheduler.bounded(0), MANY)
        .failure()
        .orElseThrow()
        .ending();
  }

  @Test
  void accessOutsideAStep_throws() {
    assertThat(endingOf((steps, memory, footprint) -> memory.writeLong(0x18, 1)))
        .hasToString(
            "only threw java.lang.IllegalStateException:"
                + " outside a step: write of 0x18 in SystemMemory");
  }

  @Test
  void accessOfAListOutsideAStep_throws() {
    assertThat(
            endingOf(
                (steps, memory, footprint) ->
                    footprint.read(new SharedAccess("tags", 0, false), 3)))
        .hasToString(
            "only threw java.lang.IllegalStateException:"
                + " outside a step: read of 0x3 in SharedAccess");
  }

  @Test
  void writeInACondition_throws() {
    assertThat(
            endingOf(
                (steps, memory, footprint) ->
                    steps.waitFor(new RequestDone(1), () -> memory.compareAndSetLong(0x18, 0, 1))))
        .hasToString(
            "only threw java.lang.IllegalStateException:"
                + " while only looking: write of 0x18 in SystemMemory");
  }

  @Test
  void accessInSetUpAndOutcome_isAllowed() {
    Scenario<Long> scenario =
        (steps, footprint) -> {
          var memory = SystemMemory.ofSize(1 << 16, footprint);
          memory.writeLong(0x18, 5);
          return new Races.Fixed<>(List.of(), () -> memory.readLong(0x18));
        };
    var result = Explorer.of(scenario).explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.outcomes()).containsOnlyKeys(5L);
  }

  @Test
  void stepInsideAStep_throws() {
    assertThat(
            endingOf(
                (steps, memory, footprint) ->
                    steps.perform(
                        new WriteCounter(0, 1),
                        step -> steps.perform(new RequestDone(2), inner -> {}))))
        .hasToString(
            "only threw java.lang.IllegalStateException: RequestDone[request=2]"
                + " comes inside a step, a condition or a machine's move");
  }

  @Test
  void stepOfAForeignThread_throws() {
    assertThat(
            endingOf(
                (steps, memory, footprint) -> {
                  var thrown = new Throwable[1];
                  var foreign = new Thread(() -> steps.perform(new WriteCounter(0, 1), step -> {}));
                  foreign.setUncaughtExceptionHandler((thread, cause) -> thrown[0] = cause);
                  foreign.start();
                  join(foreign);
                  throw new IllegalStateException(thrown[0].getMessage());
                }))
        .asString()
        .endsWith("comes from a thread that the scenario did not name");
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void threadThatEndsWithALock_fails() {
    assertThat(endingOf((steps, memory, footprint) -> steps.lock(new StepLock("group"))))
        .hasToString("only threw java.lang.IllegalStateException: only ends while it holds a lock");
  }

  @Test
  void unlockOfALockNotHeld_fails() {
    assertThat(endingOf((steps, memory, footprint) -> steps.unlock(new StepLock("group"))))
        .hasToString(
            "only threw java.lang.IllegalStateException:"
                + " only gives back lock group, which it does not hold");
  }

  @Test
  void secondAccessInAStep_failsIfOneIsAllowed() {
    var scenario =
        Races.single(
            (steps, memory, footprint) ->
                steps.perform(
                    new WriteCounter(0, 1),
                    step -> {
                      memory.writeLong(0, 1);
                      memory.writeLong(8, 1);
                    }));
    var lenient = Explorer.of(scenario).explore(DfsScheduler.bounded(0), MANY);
    assertThat(lenient.failures()).isZero();
    var strict = Explorer.of(scenario).oneAccessPerStep().explore(DfsScheduler.bounded(0), MANY);
    assertThat(strict.failure().orElseThrow().ending())
        .asString()
        .endsWith(
            "WriteCounter[address=0, value=1] makes 2 accesses to shared state:"
                + " [write of 0x0 in SystemMemory, write of 0x8 in SystemMemory]");
  }

  @Test
  void atomOfSixteenBytes_isOneAccess() {
    var scenario =
        Races.single(
            (steps, memory, footprint) ->
                steps.perform(
                    new WriteCounter(0, 1), step -> memory.writeAtom(16, memory.readAtom(16))));
    var strict = Explorer.of(scenario).oneAccessPerStep().explore(DfsScheduler.bounded(0), MANY);
    assertThat(strict.failure().orElseThrow().ending()).asString().contains("makes 2 accesses");
    var one =
        Races.single(
            (steps, memory, footprint) ->
                steps.perform(new WriteCounter(0, 1), step -> memory.readAtom(16)));
    assertThat(
            Explorer.of(one).oneAccessPerStep().explore(DfsScheduler.bounded(0), MANY).failures())
        .isZero();
  }

  @Test
  void secondAccessToMemoryInAMachinesMove_failsIfOneIsAllowed() {
    Scenario<String> scenario =
        (steps, footprint) -> {
          var memory = SystemMemory.ofSize(1 << 16, footprint);
          var moves = new int[1];
          steps.connect(
              new OneMachine("walker", () -> moves[0] < 2) {
                @Override
                public void advance(int index) {
                  footprint.read("registers", 0);
                  footprint.read("registers", 1);
                  memory.readLong(0);
                  if (++moves[0] == 2) {
                    memory.readLong(8);
                  }
                }
              });
          return new Races.Fixed<>(List.of(), () -> "ended");
        };
    var strict = Explorer.of(scenario).oneAccessPerStep().explore(DfsScheduler.bounded(0), MANY);
    var failure = strict.failure().orElseThrow();
    assertThat(failure.moves()).isEqualTo(2);
    assertThat(failure.ending()).asString().contains("a move of walker makes 2 accesses to memory");
  }

  @Test
  void incrementsOfTwoThreads_haveConflictingFootprints() {
    var execution = Explorer.of(Races.increments()).recordingFootprints().replay("0");
    assertThat(execution.footprints()).hasSize(4);
    var readOfA = execution.footprints().get(0);
    var writeOfA = execution.footprints().get(1);
    var readOfB = execution.footprints().get(2);
    assertThat(readOfA.step()).isEqualTo(new ReadCounter(0x1000));
    assertThat(readOfA.independentOf(readOfB)).isTrue();
    assertThat(writeOfA.independentOf(readOfB)).isFalse();
  }

  @Test
  void violatedCheck_endsTheScheduleAtTheMove() {
    Scenario<Long> checked =
        (steps, footprint) -> {
          Prepared<Long> inner = Races.increments().setUp(steps, footprint);
          return new Prepared<>() {
            private int checks;

            @Override
            public List<SoftwareThread> threads() {
              return inner.threads();
            }

            @Override
            public Long outcome() {
              return inner.outcome();
            }

            @Override
            public void check() {
              assertThat(++checks).as("moves").isLessThan(3);
            }
          };
        };
    var failure =
        Explorer.of(checked).explore(DfsScheduler.bounded(0), MANY).failure().orElseThrow();
    assertThat(failure.ending()).isInstanceOf(Ending.Violated.class);
    assertThat(failure.trace()).hasSize(3);
    assertThat(failure.story()).contains("after a move of b: ").contains("moves");
  }

  @Test
  void machineThatThrows_isNamed() {
    Scenario<String> scenario =
        (steps, footprint) -> {
          steps.connect(
              new OneMachine("walker", () -> true) {
                @Override
                public void advance(int index) {
                  throw new IllegalStateException("no such table");
                }
              });
          return new Races.Fixed<>(
              List.of(
                  new SoftwareThread("a", () -> steps.waitFor(new RequestDone(1), () -> false))),
              () -> "ended");
        };
    var failure =
        Explorer.of(scenario).explore(DfsScheduler.bounded(0), MANY).failure().orElseThrow();
    assertThat(failure.ending())
        .hasToString("walker threw java.lang.IllegalStateException: no such table");
  }

  /** Hardware of one machine. */
  private abstract static class OneMachine implements Hardware {

    private final String name;
    private final BooleanSupplier enabled;

    OneMachine(String name, BooleanSupplier enabled) {
      this.name = name;
      this.enabled = enabled;
    }

    @Override
    public int machines() {
      return 1;
    }

    @Override
    public boolean enabled(int index) {
      return enabled.getAsBoolean();
    }

    @Override
    public String machineName(int index) {
      return name;
    }
  }

  @Test
  void endlessThread_isCutOffAndNothingIsClaimed() {
    var scenario =
        Races.single(
            (steps, memory, footprint) -> {
              while (true) {
                steps.perform(new WriteCounter(0, 1), step -> {});
              }
            });
    var result = Explorer.of(scenario).cutOffAfter(100).explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.cutOff()).isEqualTo(1);
    assertThat(result.complete()).isFalse();
    assertThat(result.claim())
        .isEqualTo(
            "all schedules with at most 0 preemptions: 1 schedule, 1 of them cut off, not complete");
  }

  @Test
  void setUpThatThrows_isAFailureOfEachSchedule() {
    Scenario<String> scenario =
        (steps, footprint) -> {
          throw new IllegalStateException("no memory");
        };
    var result = Explorer.of(scenario).explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.failure().orElseThrow().ending())
        .hasToString("set-up threw java.lang.IllegalStateException: no memory");
    assertThat(result.schedules()).isEqualTo(1);
  }

  @Test
  void abortedSchedules_unwindTheirThreads() {
    Set<Thread> before = explorerThreads();
    var unwound = new int[1];
    Scenario<String> scenario =
        (steps, footprint) -> {
          Runnable body =
              () -> {
                try {
                  steps.perform(new WriteCounter(0, 1), step -> {});
                  steps.waitFor(new RequestDone(1), () -> false);
                } finally {
                  unwound[0]++;
                }
              };
          return new Races.Fixed<>(
              List.of(
                  new SoftwareThread("a", body),
                  new SoftwareThread("b", body),
                  new SoftwareThread("c", body)),
              () -> "ended");
        };
    var result = Explorer.of(scenario).explore(new RandomScheduler(1), 300);
    assertThat(result.failures()).isEqualTo(300);
    assertThat(unwound[0]).isEqualTo(900);
    assertThat(explorerThreads()).isEqualTo(before);
  }

  private static Set<Thread> explorerThreads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("explorer-"))
        .collect(Collectors.toSet());
  }
}
