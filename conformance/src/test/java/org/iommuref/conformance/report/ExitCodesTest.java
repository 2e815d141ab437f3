package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.spec.clause.ClauseId;
import org.junit.jupiter.api.Test;

/** From verdicts to an exit code. */
class ExitCodesTest {

  private static final TargetResult CONFORMANT = Samples.judged("a", Verdict.PASS);
  private static final TargetResult WRONG = Samples.judged("b", Verdict.FAIL, Verdict.PASS);
  private static final TargetResult DOUBTFUL =
      Samples.judged("c", Verdict.UNVERIFIED, Verdict.PASS);
  private static final TargetResult BROKEN = Samples.judged("d", Verdict.BROKEN, Verdict.FAIL);
  private static final TargetResult ABSENT = new TargetResult.NotJudged("e", "no hello");

  @Test
  void target_endsAsItsWorstVerdict() {
    assertThat(CONFORMANT.exitCode()).isZero();
    assertThat(WRONG.exitCode()).isEqualTo(1);
    assertThat(DOUBTFUL.exitCode()).isEqualTo(2);
    assertThat(BROKEN.exitCode()).isEqualTo(70);
    assertThat(ABSENT.exitCode()).isEqualTo(70);
    assertThat(Samples.judged("f", Verdict.NOT_CLAIMED, Verdict.UNTESTED).exitCode())
        .as("nothing passed")
        .isEqualTo(2);
  }

  @Test
  void run_endsAsItsWorstTarget_andAFailureIsWorseThanADoubt() {
    assertThat(Samples.run(CONFORMANT, CONFORMANT).exitCode()).isZero();
    assertThat(Samples.run(CONFORMANT, DOUBTFUL).exitCode()).isEqualTo(2);
    assertThat(Samples.run(WRONG, DOUBTFUL).exitCode()).isEqualTo(1);
    assertThat(Samples.run(DOUBTFUL, WRONG).exitCode()).isEqualTo(1);
    assertThat(Samples.run(ABSENT, WRONG, CONFORMANT).exitCode()).isEqualTo(70);
  }

  @Test
  void failureOfAMay_isNotCounted() {
    Report report =
        Samples.report("a", Verdict.PASS, Verdict.PASS, Verdict.FAIL, Verdict.UNVERIFIED);
    assertThat(report.verdicts().get(2).level().keyword()).isEqualTo("may");
    assertThat(report.exitCode()).as("INV-004 is a must").isEqualTo(2);
    assertThat(Samples.report("a", Verdict.PASS, Verdict.PASS, Verdict.FAIL).exitCode()).isZero();
  }

  @Test
  void expectedFailure_isNotCounted_andOnlyIfItIsMet() {
    assertThat(withKnown(Samples.report("a", Verdict.FAIL), "INV-001")).isZero();
    assertThat(withKnown(Samples.report("a", Verdict.FAIL, Verdict.FAIL), "INV-001")).isEqualTo(1);
    assertThat(withKnown(Samples.report("a", Verdict.PASS), "INV-001")).isEqualTo(1);
    assertThat(withKnown(Samples.report("a", Verdict.UNVERIFIED), "INV-001")).isEqualTo(1);
    assertThat(withKnown(Samples.report("a", Verdict.PASS), "ATT-001")).isEqualTo(1);
    assertThat(withKnown(Samples.report("a", Verdict.FAIL, Verdict.UNVERIFIED), "INV-001"))
        .isEqualTo(2);
    assertThat(withKnown(Samples.report("a", Verdict.BROKEN), "INV-001")).isEqualTo(70);
  }

  private static int withKnown(Report report, String clause) {
    KnownFailure known =
        new KnownFailure(ClauseId.parse(clause), "", "seen", "says", "source", "high");
    return new TargetResult.Judged(report, List.of(known)).exitCode();
  }
}
