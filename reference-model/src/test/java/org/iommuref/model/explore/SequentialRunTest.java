package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.model.schedule.DfsScheduler;
import org.iommuref.spec.step.StepMutation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class SequentialRunTest {

  static Stream<Scenario<?>> scenarios() {
    return Stream.of(
        Races.increments(),
        Races.lockedIncrements(),
        Races.twoLocks(),
        Races.doorbell(),
        Races.choices(),
        ExplorerBenchmark.scenario());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  <O> void sequentialRun_isScheduleZero(Scenario<O> scenario) {
    var sequential = SequentialRun.of(scenario, StepMutation.NONE);
    var explored = Explorer.of(scenario).replay("0");
    assertThat(explored.trace()).isEqualTo(sequential.trace());
    assertThat(explored.setUp()).isEqualTo(sequential.setUp());
    assertThat(explored.ending()).isEqualTo(sequential.ending());
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  <O> void sequentialOutcome_isAmongTheExploredOnes(Scenario<O> scenario) {
    var sequential = SequentialRun.of(scenario, StepMutation.NONE);
    var explored = Explorer.of(scenario).explore(DfsScheduler.bounded(0), 10_000);
    assertThat(explored.outcomes().keySet().stream().map(outcome -> (Object) outcome))
        .contains(((Ending.Finished<O>) sequential.ending()).outcome());
    assertThat(List.of(explored.complete())).containsExactly(true);
  }
}
