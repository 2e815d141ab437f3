package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.report.FailingCase;
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

  /** A unit that answers alike each time. */
  private record Steady(Target target) implements FrontedTarget {

    @Override
    public boolean leavesToChance() {
      return false;
    }
  }

  @Test
  void caseOfAUnitThatLeavesNothingToChance_goesOnAfterACheckThatFailed() {
    Selection selection = Selection.all().of(List.of(CLAUSE)).at(SEAM);
    try (Target wrong = TARGETS.named(WRONG, SEAM)) {
      Report report =
          new SuiteRunner(CATALOGUE, Progress.NONE).run(new Steady(wrong), selection, 1);
      List<FailingCase> failing = report.verdicts().get(0).failing();
      assertThat(failing).extracting(FailingCase::name).startsWith("VTD-021 faults under FPD");
      assertThat(failing.get(0).checks()).as("both accesses are recorded").hasSizeGreaterThan(1);
      Failure failure = report.failures().get(0);
      assertThat(failure.caseName())
          .as("the failure that is kept is the first one")
          .isEqualTo(failing.get(0).name());
    }
  }

  @Test
  void caseOfAnyOtherUnit_isNotFollowedToItsEnd() {
    assertThat(run(WRONG, Selection.all().of(List.of(CLAUSE))).verdicts().get(0).failing())
        .isEmpty();
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
