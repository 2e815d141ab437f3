package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.iommuref.model.explore.Races.CompleteRequest;
import org.iommuref.model.explore.Races.FetchRequest;
import org.iommuref.model.explore.Races.ReadCounter;
import org.iommuref.model.explore.Races.RequestDone;
import org.iommuref.model.explore.Races.RingDoorbell;
import org.iommuref.model.explore.Races.WriteCounter;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.model.schedule.PctScheduler;
import org.iommuref.model.schedule.RandomScheduler;
import org.iommuref.model.schedule.TakeLock;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.StepMutation;
import org.junit.jupiter.api.Test;

final class ExplorerTest {

  private static final long MANY = 100_000;

  @Test
  void incrementsWithoutPreemption_neverLoseAnUpdate() {
    var result = Explorer.of(Races.increments()).explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.outcomes()).containsOnlyKeys(2L);
    assertThat(result.claim())
        .isEqualTo("all schedules with at most 0 preemptions: 2 schedules, complete");
  }

  @Test
  void incrementsWithOnePreemption_loseAnUpdate() {
    var result = Explorer.of(Races.increments()).explore(DfsScheduler.bounded(1), MANY);
    assertThat(result.outcomes()).containsOnlyKeys(2L, 1L);
    assertThat(result.complete()).isTrue();
  }

  @Test
  void incrementsWithoutBound_areAllSixInterleavings() {
    var traces = new HashSet<List<TracedStep>>();
    var result =
        Explorer.of(Races.increments())
            .explore(DfsScheduler.unbounded(), MANY, one -> traces.add(one.trace()));
    assertThat(result.claim()).isEqualTo("all schedules: 6 schedules, complete");
    assertThat(traces).hasSize(6);
  }

  @Test
  void limitOfSchedules_claimsOnlyWhatWasRun() {
    var result = Explorer.of(Races.increments()).explore(DfsScheduler.unbounded(), 3);
    assertThat(result.claim()).isEqualTo("all schedules: stopped after 3 schedules");
    assertThat(result.complete()).isFalse();
  }

  @Test
  void limitOfExactlyAllSchedules_isComplete() {
    var result = Explorer.of(Races.increments()).explore(DfsScheduler.unbounded(), 6);
    assertThat(result.complete()).isTrue();
  }

  @Test
  void lockedIncrements_neverLoseAnUpdate() {
    var result = Explorer.of(Races.lockedIncrements()).explore(DfsScheduler.unbounded(), MANY);
    assertThat(result.outcomes()).containsOnlyKeys(2L);
    assertThat(result.failures()).isZero();
    assertThat(result.complete()).isTrue();
  }

  @Test
  void locksInOppositeOrder_deadlock() {
    var result = Explorer.of(Races.twoLocks()).explore(DfsScheduler.bounded(1), MANY);
    assertThat(result.failures()).isPositive();
    assertThat(result.outcomes()).containsOnlyKeys("both ended");
    assertThat(result.failure().orElseThrow().ending())
        .hasToString(
            "deadlock: a waits in TakeLock[second, held by b];"
                + " b waits in TakeLock[first, held by a]");
  }

  @Test
  void locksInOppositeOrderWithoutPreemption_doNotDeadlock() {
    var result = Explorer.of(Races.twoLocks()).explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.failures()).isZero();
  }

  @Test
  void lockTakenTwiceByOneThread_isADeadlockWithItself() {
    var result =
        Explorer.of(
                Races.single(
                    (steps, memory, footprint) -> {
                      var lock = new StepLock("group");
                      steps.lock(lock);
                      steps.lock(lock);
                    }))
            .explore(DfsScheduler.bounded(0), MANY);
    var ending = (Ending.Deadlock<String>) result.failure().orElseThrow().ending();
    assertThat(ending.waiting()).hasSize(1);
    assertThat(ending.waiting().get(0).step()).isInstanceOf(TakeLock.class);
  }

  @Test
  void waitForHardware_endsWhenTheMachineIsDone() {
    var executions = new ArrayList<Execution<Long>>();
    var result =
        Explorer.of(Races.doorbell()).explore(DfsScheduler.unbounded(), MANY, executions::add);
    assertThat(result.outcomes()).containsOnlyKeys(7L);
    assertThat(executions.get(0).trace())
        .containsExactly(
            new TracedStep("driver", new RingDoorbell(7)),
            new TracedStep("queue", new FetchRequest(7)),
            new TracedStep("queue", new CompleteRequest(7)),
            new TracedStep("driver", new RequestDone(7)),
            new TracedStep("driver", new ReadCounter(0x2008), 7L));
  }

  @Test
  void waitThatNothingEnds_isADeadlockThatNamesTheWait() {
    var result =
        Explorer.of(
                Races.single((steps, memory, f) -> steps.waitFor(new RequestDone(1), () -> false)))
            .explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.failure().orElseThrow().ending())
        .hasToString("deadlock: only waits in RequestDone[request=1]");
  }

  @Test
  void droppedDoorbell_deadlocks() {
    StepMutation dropped = step -> step instanceof RingDoorbell ? List.of() : List.<Step>of(step);
    var result =
        Explorer.of(Races.doorbell()).mutated(dropped).explore(DfsScheduler.bounded(1), MANY);
    assertThat(result.outcomes()).isEmpty();
    assertThat(result.failure().orElseThrow().ending()).isInstanceOf(Ending.Deadlock.class);
  }

  @Test
  void droppedWait_letsSoftwareOvertakeHardware() {
    StepMutation dropped = step -> step instanceof RequestDone ? List.of() : List.<Step>of(step);
    var result =
        Explorer.of(Races.doorbell()).mutated(dropped).explore(DfsScheduler.unbounded(), MANY);
    assertThat(result.outcomes()).containsOnlyKeys(0L, 7L);
  }

  @Test
  void machineBetweenTwoSteps_costsOnePreemptionHoweverFarItComes() {
    StepMutation dropped = step -> step instanceof RequestDone ? List.of() : List.<Step>of(step);
    var explorer = Explorer.of(Races.doorbell()).mutated(dropped);
    assertThat(explorer.explore(DfsScheduler.bounded(0), MANY).schedules()).isEqualTo(1);
    var one = explorer.explore(DfsScheduler.bounded(1), MANY);
    assertThat(one.schedules()).isEqualTo(3); // the read comes before, between or after two moves
    assertThat(one.outcomes()).containsOnlyKeys(0L, 7L);
  }

  @Test
  void mutationInTheRace_leavesSetUpAsItIs() {
    Scenario<List<Integer>> scenario =
        (steps, footprint) -> {
          var performed = new ArrayList<Integer>();
          steps.perform(new RingDoorbell(1), step -> performed.add(1));
          Runnable body = () -> steps.perform(new RingDoorbell(2), step -> performed.add(2));
          return new Races.Fixed<>(
              List.of(new SoftwareThread("a", body)), () -> List.copyOf(performed));
        };
    StepMutation none = step -> List.of();
    var explorer = Explorer.of(scenario);
    assertThat(explorer.replay("0").outcome()).hasValue(List.of(1, 2));
    assertThat(explorer.mutatedInRace(none).replay("0").outcome()).hasValue(List.of(1));
    assertThat(explorer.mutated(none).replay("0").outcome()).hasValue(List.of());
  }

  @Test
  void duplicatedStep_isPerformedTwice() {
    StepMutation twice =
        step -> step instanceof WriteCounter ? List.of(step, step) : List.<Step>of(step);
    var result =
        Explorer.of(Races.increments()).mutated(twice).explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.moves()).isEqualTo(2 * 6);
  }

  @Test
  void choices_areEnumerated() {
    var result = Explorer.of(Races.choices()).explore(DfsScheduler.bounded(0), MANY);
    assertThat(result.outcomes().keySet())
        .containsExactly(
            List.of(0, 0, 0),
            List.of(0, 1, 0),
            List.of(0, 2, 0),
            List.of(1, 0, 0),
            List.of(1, 1, 0),
            List.of(1, 2, 0));
  }

  @Test
  void choicesBounded_leaveOutTheUnplainOnesBeyond() {
    var result =
        Explorer.of(Races.choices()).explore(DfsScheduler.bounded(0).withUnplainChoices(1), MANY);
    assertThat(result.outcomes().keySet())
        .containsExactly(List.of(0, 0, 0), List.of(0, 1, 0), List.of(0, 2, 0), List.of(1, 0, 0));
    assertThat(result.space())
        .isEqualTo("all schedules with at most 0 preemptions and at most 1 choice not plain");
  }

  @Test
  void everyExecution_replaysToTheSame() {
    requireReplayable(Races.increments());
    requireReplayable(Races.twoLocks());
    requireReplayable(Races.doorbell());
    requireReplayable(Races.choices());
  }

  private static <O> void requireReplayable(Scenario<O> scenario) {
    var explorer = Explorer.of(scenario);
    var result = explorer.explore(DfsScheduler.bounded(2), MANY, new ReplayedTwice<>(explorer));
    assertThat(result.complete()).isTrue();
  }

  @Test
  void failure_replaysFromItsString() {
    var explorer = Explorer.of(Races.twoLocks());
    var failure = explorer.explore(DfsScheduler.bounded(1), MANY).failure().orElseThrow();
    var again = explorer.replay(failure.schedule().toString());
    assertThat(again.ending()).hasToString(failure.ending().toString());
    assertThat(again.trace()).isEqualTo(failure.trace());
    assertThat(again.schedule()).isEqualTo(failure.schedule());
    assertThat(failure.story()).contains("deadlock: ", "schedule " + failure.schedule());
  }

  @Test
  void scenarioThatRemembersEarlierRuns_isFoundByReplay() {
    int[] runs = new int[1];
    Scenario<Integer> remembering =
        (steps, footprint) -> {
          int run = runs[0]++;
          return new Races.Fixed<>(List.of(), () -> run);
        };
    var explorer = Explorer.of(remembering);
    assertThatThrownBy(
            () -> explorer.explore(DfsScheduler.bounded(0), 1, new ReplayedTwice<>(explorer)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "the scenario depends on more than its schedule 0: first outcome 0, then outcome 1");
  }

  @Test
  void scenarioWithOtherPointsAfterTheSameSchedule_isRefusedByDfs() {
    int[] runs = new int[1];
    Scenario<String> shifting =
        Races.single((steps, memory, footprint) -> steps.choose("case", 2 + runs[0]++));
    assertThatThrownBy(() -> Explorer.of(shifting).explore(DfsScheduler.bounded(0), MANY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("not deterministic");
  }

  @Test
  void scheduleOfAnotherScenario_isRefused() {
    assertThatThrownBy(() -> Explorer.of(Races.choices()).replay("0,5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "schedule 0,5 does not belong to this scenario:"
                + " at point 1 it picks 5, but 3 cases of entry exist");
  }

  @Test
  void randomSchedules_followFromTheSeed() {
    assertThat(randomSchedules(7)).isEqualTo(randomSchedules(7)).isNotEqualTo(randomSchedules(8));
  }

  private static List<String> randomSchedules(long seed) {
    var schedules = new ArrayList<String>();
    Explorer.of(Races.increments())
        .explore(new RandomScheduler(seed), 50, one -> schedules.add(one.schedule().toString()));
    return schedules;
  }

  @Test
  void randomSchedules_claimNoCompleteness() {
    var result = Explorer.of(Races.increments()).explore(new RandomScheduler(7), 200);
    assertThat(result.outcomes()).containsOnlyKeys(1L, 2L);
    assertThat(result.claim()).isEqualTo("random schedules of seed 7: stopped after 200 schedules");
  }

  @Test
  void schedulesByPriority_findDefectsOfTheirDepthAndReplay() {
    var shallow = Explorer.of(Races.twoLocks()).explore(new PctScheduler(1, 1), 200);
    assertThat(shallow.failures()).as("nobody is held back between two locks").isZero();
    var explorer = Explorer.of(Races.twoLocks());
    var deep = explorer.explore(new PctScheduler(1, 2), 200, new ReplayedTwice<>(explorer));
    assertThat(deep.failure().orElseThrow().ending()).isInstanceOf(Ending.Deadlock.class);
    assertThat(deep.claim()).endsWith(": stopped after 200 schedules");
  }
}
