package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.Test;

/** A run that is ended early reports what it has found, and that it was ended. */
class StoppedRunTest {

  private static final int CASES = 20;

  @Test
  void stoppedRun_reportsWhatItFound_andIsNoVerdict() {
    Report report = run(CASES);
    assertThat(report.cases()).isEqualTo(CASES);
    assertThat(report.count(Verdict.PASS)).isPositive();
    assertThat(report.count(Verdict.UNTESTED))
        .isGreaterThan(run(Integer.MAX_VALUE).count(Verdict.UNTESTED));
    assertThat(report.harnessErrors()).hasSize(1);
    assertThat(report.harnessErrors().get(0)).matches("stopped after " + CASES + " of \\d+ cases");
    assertThat(report.exitCode()).isEqualTo(70);
  }

  @Test
  void wholeRun_saysNothingOfIt() {
    assertThat(run(Integer.MAX_VALUE).harnessErrors()).isEmpty();
  }

  @Test
  void runUntilAllFail_endsWithTheLastThatFails_andSaysNothingOfIt() {
    SuiteRunner runner = new SuiteRunner(Catalogue.load(), Progress.NONE).withoutReduction();
    Report whole = onMutant(runner, "MAP-004");
    Report ended = onMutant(runner.untilAllFail(), "MAP-004");
    assertThat(ended.cases()).isLessThan(whole.cases());
    assertThat(ended.harnessErrors()).isEmpty();
    assertThat(ended.failures()).isEqualTo(whole.failures()).hasSize(1);
    assertThat(onMutant(runner.untilAllFail(), "MAP-004", "PASID-001").cases())
        .as("PASID-001 does not fail")
        .isEqualTo(onMutant(runner, "MAP-004", "PASID-001").cases());
  }

  private static Report onMutant(SuiteRunner runner, String... clauses) {
    try (Target target = Targets.onClassPath().named("mutant:ideal-never-writable")) {
      return runner.run(target, Selection.all().of(List.of(clauses)).withSequences(CASES), 1);
    }
  }

  private static Report run(int most) {
    Progress stopping =
        new Progress() {
          private int ran;

          @Override
          public void ran(int done, int total, String what) {
            ran = done;
          }

          @Override
          public boolean goesOn() {
            return ran < most;
          }
        };
    try (Target target = Targets.onClassPath().named("ideal")) {
      return new SuiteRunner(Catalogue.load(), stopping)
          .run(target, Selection.all().withSequences(CASES), 1);
    }
  }
}
