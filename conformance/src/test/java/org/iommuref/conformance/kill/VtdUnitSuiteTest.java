package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.UnitTarget;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.spi.UnitLibrary;
import org.iommuref.spec.spi.UnitProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The suite at seam 1 on every unit of ours, each unit a test of its own: so a tool that changes
 * the code of a unit can run those units alone that come by the place. See hw-backends/PIT.md.
 *
 * <p>That tool runs this class anew for each unit and each place. So the catalogue is read once;
 * the units, which it changes, are made each time; their mutants, which it needs not, never; and no
 * failure is made shorter.
 */
class VtdUnitSuiteTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final int SEAM = Layer.UNIT.seam();
  private static final long SEED = 1;

  @TestFactory
  Stream<DynamicTest> units() {
    return ServiceLoader.load(UnitLibrary.class).stream()
        .flatMap(library -> library.get().units().stream())
        .map(unit -> DynamicTest.dynamicTest(unit.name(), () -> judge(unit)));
  }

  private static void judge(UnitProvider unit) throws Exception {
    try (Target target = UnitTarget.of(unit)) {
      Report report =
          new SuiteRunner(CATALOGUE, Progress.NONE)
              .withoutReduction()
              .run(target, Selection.all().at(SEAM), SEED);
      assertThat(report.verdicts()).as(unit.name()).isNotEmpty();
      for (ClauseVerdict verdict : report.verdicts()) {
        assertThat(verdict.verdict())
            .as("%s on %s", verdict.clause(), unit.name())
            .isNotIn(Verdict.FAIL, Verdict.BROKEN, Verdict.UNVERIFIED);
      }
      assertThat(report.harnessErrors()).as(unit.name()).isEmpty();
    }
  }
}
