package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The suite of seam 2 on a driver in another process, over units of this one. */
class DriverOnTheWireTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  @ParameterizedTest
  @ValueSource(strings = {"vtd", "vtd-scalable"})
  void driverInAnotherProcess_isJudgedAsTheSameDriverInThisOne(String units) throws Exception {
    try (ProcessTarget child =
            ProcessTarget.start(Adapters.driver(units), Adapters.patient().validating());
        Target here = Targets.onClassPath().named(units)) {
      Report remote = judge(child);
      assertThat(remote.failures()).as(units).isEmpty();
      assertThat(remote.harnessErrors()).as(units).isEmpty();
      assertThat(remote.count(Verdict.PASS)).as(units).isGreaterThan(30);
      assertThat(remote.count(Verdict.UNVERIFIED)).as(units).isZero();
      List<String> passesHere =
          judge(here).verdicts().stream()
              .filter(verdict -> verdict.verdict() == Verdict.PASS)
              .map(verdict -> verdict.clause().toString())
              .toList();
      assertThat(remote.verdicts())
          .filteredOn(verdict -> verdict.verdict() == Verdict.PASS)
          .extracting(verdict -> verdict.clause().toString())
          .isSubsetOf(passesHere);
      assertThat(child.restarts()).isZero();
    }
  }

  @Test
  void driverThatForgetsToInvalidate_failsByTheCachesOfOurUnit() throws Exception {
    try (ProcessTarget child =
        ProcessTarget.start(Adapters.driver("vtd") + " no-sync", Adapters.patient())) {
      Report report = judge(child);
      assertThat(report.failures())
          .extracting(failure -> failure.clause().toString())
          .contains("INV-001");
      assertThat(report.failures()).allMatch(Failure::minimal);
      assertThat(report.verdicts())
          .filteredOn(verdict -> verdict.verdict() == Verdict.PASS)
          .extracting(ClauseVerdict::clause)
          .isNotEmpty();
    }
  }

  @Test
  void driverOfUnitsThatThereAreNot_isSentAway() {
    assertThatThrownBy(() -> ProcessTarget.start(Adapters.driver("ideal"), Adapters.patient()))
        .isInstanceOf(NoHelloException.class)
        .hasMessageContaining("there is no unit for a driver of 'ideal'");
  }

  private static Report judge(Target target) {
    Selection selection =
        Selection.all().of(List.of("MAP-*", "INV-*", "ATT-*", "PASID-*", "FREC-*", "VTD-*"));
    return new SuiteRunner(CATALOGUE, Progress.NONE)
        .run(target, selection.withSequences(40).withRounds(1), 1);
  }
}
