package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.FailureText;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.Test;

/** A target whose runs are dear says how many of them a shorter sequence is worth. */
class ReductionBudgetTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final String WRONG = "mutant:vtd-unit-keeps-large-pages";

  private record Dear(Target target, int mostRunsToReduce) implements FrontedTarget {}

  private static Failure failure(int mostRuns) {
    try (Target target = Targets.onClassPath().named(WRONG)) {
      List<Failure> failures =
          new SuiteRunner(CATALOGUE, Progress.NONE)
              .run(new Dear(target, mostRuns), Selection.all().of(List.of("INV-*")), 7)
              .failures();
      assertThat(failures).as(WRONG).isNotEmpty();
      return failures.get(0);
    }
  }

  @Test
  void reduction_whoseBudgetIsSpent_saysSo_andIsTheSameAgain() {
    Failure early = failure(3);
    assertThat(early.minimal()).isFalse();
    assertThat(early.executions()).isEqualTo(3);
    assertThat(FailureText.lines(early, CATALOGUE))
        .anyMatch(line -> line.contains("not minimal: reduced no further, its budget of 3 runs"));
    assertThat(failure(3)).isEqualTo(early);
    Failure minimal = failure(Integer.MAX_VALUE);
    assertThat(minimal.minimal()).isTrue();
    assertThat(minimal.steps()).hasSizeLessThan(early.steps().size());
    assertThat(FailureText.lines(minimal, CATALOGUE))
        .anyMatch(line -> line.contains("(1-minimal,"));
  }

  @Test
  void reduction_withoutABudget_keepsWhatWasFound() {
    Failure found = failure(0);
    assertThat(found.executions()).isZero();
    assertThat(FailureText.lines(found, CATALOGUE))
        .anyMatch(line -> line.contains("not minimal: as it was found"));
  }
}
