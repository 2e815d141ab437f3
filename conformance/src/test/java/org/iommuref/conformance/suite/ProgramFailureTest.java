package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.FailureFile;
import org.iommuref.conformance.report.MalformedFileException;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.junit.jupiter.api.Test;

/** What is kept of a program that fails at seam 3. */
class ProgramFailureTest {

  private static final long SEED = 7;
  private static final int SEAM = Layer.IOMMUFD.seam();
  private static final String CLAUSE = "IOAS-041";
  private static final String WRONG = "mutant:iommufd-iopt-check-iova-without-ioas-041";

  private static Failure failureOn(Target target) {
    Selection one = Selection.all().at(SEAM).of(List.of(CLAUSE));
    Report report = new SuiteRunner(Catalogue.load(), Progress.NONE).run(target, one, SEED);
    assertThat(report.failures()).as(CLAUSE).hasSize(1);
    return report.failures().get(0);
  }

  /** Without the first map the second one must succeed: a shorter program would expect a lie. */
  @Test
  void reduction_keepsWhatTheExpectationRestsOn() {
    try (Target target = Targets.onClassPath().named(WRONG, SEAM)) {
      Failure failure = failureOn(target);
      assertThat(failure.minimal()).as(CLAUSE).isTrue();
      assertThat(failure.steps())
          .as(CLAUSE)
          .filteredOn(
              step ->
                  step instanceof ProgramCall.Ioctl call && call.command().equals("IOMMU_IOAS_MAP"))
          .hasSize(2);
    }
  }

  @Test
  void replayFile_readAgain_failsTheSameClauseAndPassesOnTheModel() throws MalformedFileException {
    Targets targets = Targets.onClassPath();
    try (Target target = targets.named(WRONG, SEAM);
        Target right = targets.named("mock", SEAM)) {
      Failure written = failureOn(target);
      Failure read = FailureFile.read(new FailureFile(written, false).text()).failure();
      assertThat(read).as(CLAUSE).isEqualTo(written);
      assertThat(Replay.of(read, target).failed()).contains(ClauseId.parse(CLAUSE));
      assertThat(Replay.of(read, right).failed()).isEmpty();
    }
  }
}
