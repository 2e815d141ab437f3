package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suite at seam 1 on our units, each clause a test of its own: so a tool that changes the code
 * of a unit can run those clauses alone that come by the place. See hw-backends/PIT.md.
 */
class VtdUnitSuiteTest {

  private static final List<String> TARGETS = List.of("vtd", "vtd-scalable");
  private static final int SEAM = 1;
  private static final long SEED = 1;

  private final Catalogue catalogue = Catalogue.load();

  @TestFactory
  Stream<DynamicTest> clausesOfUnits() {
    return TARGETS.stream()
        .flatMap(
            name ->
                catalogue.clauses().stream()
                    .filter(clause -> catalogue.isShownAt(clause.id(), SEAM))
                    .map(clause -> clause.id().toString())
                    .filter(id -> id.startsWith("VTD-"))
                    .map(id -> DynamicTest.dynamicTest(name + " " + id, () -> judge(name, id))));
  }

  private void judge(String name, String clause) throws Exception {
    try (Target target = Targets.onClassPath().named(name, SEAM)) {
      Report report =
          new SuiteRunner(catalogue, Progress.NONE)
              .run(target, Selection.all().at(SEAM).of(List.of(clause)), SEED);
      assertThat(report.verdicts())
          .extracting(ClauseVerdict::verdict)
          .as(name + " " + clause)
          .doesNotContain(Verdict.FAIL, Verdict.BROKEN, Verdict.UNVERIFIED);
    }
  }
}
