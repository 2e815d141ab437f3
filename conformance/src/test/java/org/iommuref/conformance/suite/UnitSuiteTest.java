package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.FailureFile;
import org.iommuref.conformance.report.MalformedFileException;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.CachePolicy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The suite at seam 1, on every unit of ours. */
class UnitSuiteTest {

  private static final int SEAM = Layer.UNIT.seam();
  private static final Targets TARGETS = Targets.onClassPath();
  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final String WRONG = "mutant:vtd-unit-ignores-fpd";
  private static final String CLAUSE = "VTD-021";

  static Stream<String> units() {
    return TARGETS.names(SEAM).stream();
  }

  private static Report run(String unit, Selection selection) {
    try (Target target = TARGETS.named(unit, SEAM)) {
      return new SuiteRunner(CATALOGUE, Progress.NONE).run(target, selection.at(SEAM), 1);
    }
  }

  @ParameterizedTest
  @MethodSource("units")
  void unit_underBothCachePolicies_failsNothing(String unit) {
    for (CachePolicy policy : CachePolicy.values()) {
      Report report = run(unit, Selection.all().with(policy));
      assertThat(report.failures()).as("%s, %s", unit, policy).isEmpty();
      assertThat(report.harnessErrors()).as("%s, %s", unit, policy).isEmpty();
    }
  }

  @Test
  void replayFile_readAgain_failsTheSameClauseAndPassesOnTheUnitItIsACopyOf()
      throws MalformedFileException {
    List<Failure> failures = run(WRONG, Selection.all().of(List.of(CLAUSE))).failures();
    assertThat(failures).as(CLAUSE).hasSize(1);
    Failure read = FailureFile.read(new FailureFile(failures.get(0), false).text()).failure();
    assertThat(read).as(CLAUSE).isEqualTo(failures.get(0));
    try (Target wrong = TARGETS.named(WRONG, SEAM);
        Target right = TARGETS.named("vtd", SEAM)) {
      assertThat(Replay.of(read, wrong).failed()).contains(ClauseId.parse(CLAUSE));
      assertThat(Replay.of(read, right).failed()).isEmpty();
    }
  }
}
