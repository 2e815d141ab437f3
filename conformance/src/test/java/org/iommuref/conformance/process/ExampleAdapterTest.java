package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.wire.Hello;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the examples claim, they keep: the whole suite over the process route. */
@NeedsPython
class ExampleAdapterTest {

  private static final long SEED = 1;
  private static final int SOME = 40;

  @Test
  void example_isConformant() throws Exception {
    assertConformant(Adapters.example(), Selection.all(), "MAP-023");
  }

  @Test
  void exampleOnTheMemoryOfTheRunner_isConformant() throws Exception {
    assertConformant(Adapters.runnerRam(), Selection.all(), "MAP-023");
  }

  @Test
  void exampleOfAUnit_isConformant() throws Exception {
    assertConformant(Adapters.unitExample(), Selection.all().at(Hello.UNIT_SEAM), "VTD-030");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--registers", "--caching-mode"})
  void exampleOfADriver_isConformant(String options) throws Exception {
    String command = Adapters.driverExample(options);
    assertConformant(command, Selection.all().withSequences(SOME), "MAP-018");
  }

  private static void assertConformant(String command, Selection selection, String shown)
      throws NoHelloException {
    try (ProcessTarget target =
        ProcessTarget.start(command, selection.seam(), Adapters.patient())) {
      SuiteRunner runner = new SuiteRunner(Catalogue.load(), Progress.NONE);
      Report report = runner.run(target, selection, SEED);
      assertThat(report.failures()).isEmpty();
      assertThat(report.harnessErrors()).isEmpty();
      assertThat(verdictOf(report, shown)).isEqualTo(Verdict.PASS);
      assertThat(report.exitCode()).as(report.verdicts().toString()).isZero();
      assertThat(target.restarts()).isZero();
    }
  }

  private static Verdict verdictOf(Report report, String clause) {
    return report.verdicts().stream()
        .filter(verdict -> verdict.clause().toString().equals(clause))
        .findFirst()
        .orElseThrow()
        .verdict();
  }
}
