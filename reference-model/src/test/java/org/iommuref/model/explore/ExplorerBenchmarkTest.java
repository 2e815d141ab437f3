package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.model.schedule.DfsScheduler;
import org.junit.jupiter.api.Test;

final class ExplorerBenchmarkTest {

  @Test
  void measurement_countsSchedulesAndSteps() {
    long[] clock = {0};
    var random = ExplorerBenchmark.random(7, 100, () -> clock[0] += 1_000_000_000L);
    assertThat(random.schedulesPerSecond()).isEqualTo(100);
    assertThat(random.stepsPerSchedule()).isBetween(54.0, 60.0);
    var bounded = ExplorerBenchmark.bounded(1, 100, () -> clock[0] += 1_000_000_000L);
    assertThat(bounded.schedules()).isEqualTo(100);
    assertThat(bounded.stepsPerSchedule()).isBetween(54.0, 60.0);
  }

  @Test
  void scenario_alwaysServesAllTickets() {
    var result =
        Explorer.of(ExplorerBenchmark.scenario()).explore(DfsScheduler.bounded(0), 100_000);
    assertThat(result.complete()).isTrue();
    assertThat(result.failures()).isZero();
    assertThat(result.outcomes()).containsOnlyKeys(12L);
  }
}
