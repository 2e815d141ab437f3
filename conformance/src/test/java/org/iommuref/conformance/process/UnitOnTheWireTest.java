package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.wire.Hello;
import org.iommuref.spec.wire.RamOwner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite of seam 1 on a unit in another process. */
class UnitOnTheWireTest {

  private static final Catalogue CATALOGUE = Catalogue.load();

  @ParameterizedTest
  @CsvSource({"vtd,TARGET", "vtd-full,RUNNER", "vtd-full,TARGET", "vtd-interrupts,TARGET"})
  void unitInAnotherProcess_isJudgedAsTheSameUnitInThisOne(String name, RamOwner ram)
      throws Exception {
    try (ProcessTarget child =
            ProcessTarget.start(
                Adapters.unit(name, ram), Hello.UNIT_SEAM, Adapters.patient().validating());
        Target here = Targets.onClassPath().named(name, Hello.UNIT_SEAM)) {
      Report remote = judge(child);
      assertThat(remote.failures()).as(name).isEmpty();
      assertThat(remote.harnessErrors()).as(name).isEmpty();
      assertThat(remote.count(Verdict.PASS)).as(name).isGreaterThan(30);
      assertThat(remote.verdicts()).as(name).isEqualTo(judge(here).verdicts());
      assertThat(child.restarts()).isZero();
    }
  }

  @Test
  void childOfAnotherSeam_isSentAway() {
    assertThatThrownBy(
            () -> ProcessTarget.start(Adapters.ideal(), Hello.UNIT_SEAM, Adapters.patient()))
        .isInstanceOf(NoHelloException.class)
        .hasMessageContaining("it is of seam 2, and seam 1 is judged");
  }

  private static Report judge(Target target) {
    Selection once = Selection.all().at(Hello.UNIT_SEAM).withRounds(1);
    return new SuiteRunner(CATALOGUE, Progress.NONE).run(target, once, 1);
  }
}
