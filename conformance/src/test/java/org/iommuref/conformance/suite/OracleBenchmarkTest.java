package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.junit.jupiter.api.Test;

class OracleBenchmarkTest {

  private static final long SEED = 1;
  private static final long SECOND = 1_000_000_000;

  @Test
  void round_byAClockOfOneSecond_countsTheOperations() {
    AtomicLong clock = new AtomicLong();
    try (Target ideal = Targets.onClassPath().named("ideal")) {
      var benchmark = OracleBenchmark.of(ideal, 5, SEED, () -> clock.getAndAdd(SECOND));

      assertThat(benchmark.operations()).isGreaterThan(5);
      assertThat(benchmark.judged().operationsPerSecond())
          .isEqualTo((double) benchmark.operations());
      assertThat(benchmark.executed().operationsPerSecond())
          .isEqualTo((double) benchmark.operations());
    }
  }

  @Test
  void judged_targetThatIsRefused_measuresNothing() {
    try (Target wrong = Targets.onClassPath().named("mutant:ideal-write-posted-nowhere")) {
      var benchmark = OracleBenchmark.of(wrong, 50, SEED, System::nanoTime);

      assertThatThrownBy(benchmark::judged)
          .isInstanceOf(IllegalStateException.class)
          .hasMessageEndingWith("is not allowed");
    }
  }
}
