package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.iommuref.conformance.report.FailingCase.Check;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Level;
import org.junit.jupiter.api.Test;

/** Known failures that say how far a clause fails. */
class KnownFailureTest {

  private static final ClauseId CLAUSE = ClauseId.parse("INV-001");
  private static final Check FIRST = new Check(3, "read", "2", "0");
  private static final Check SECOND = new Check(9, "read", "4", "0");
  private static final FailingCase ONE = new FailingCase("INV-001 one", List.of(FIRST));

  @Test
  void extent_tellsWhatWasSeen_andNotAtWhichStep() {
    assertThat(failing("INV-001 one", FIRST, SECOND).extent())
        .as("both checks count")
        .startsWith("2 checks, ")
        .isNotEqualTo(failing("INV-001 one", FIRST, new Check(9, "read", "5", "0")).extent());
    assertThat(failing("INV-001 one", new Check(4, "read", "2", "0")).extent())
        .as("a step was put in between")
        .isEqualTo(ONE.extent());
    assertThat(failing("INV-001 one", new Check(3, "read", "2", "1")).extent())
        .as("another answer")
        .isNotEqualTo(ONE.extent());
    assertThat(failing("INV-001 one", new Check(3, "read", "3", "0")).extent())
        .as("another expectation")
        .isNotEqualTo(ONE.extent());
  }

  @Test
  void extent_isAsTheListsHaveIt() {
    assertThat(ONE.extent()).isEqualTo("1 check, a1f9a9c9");
    assertThat(failing("INV-001 one", FIRST, SECOND).extent()).isEqualTo("2 checks, 1fa49635");
    assertThat(failing("INV-001 one", new Check(1, "read", "8", "0")).extent())
        .as("eight digits")
        .isEqualTo("1 check, 00628aaf");
  }

  @Test
  void clauseThatFailsAsItIsListed_isExpected() {
    assertThat(known(Map.of(ONE.name(), ONE.extent())).problem(report(ONE))).isEmpty();
    assertThat(known(Map.of()).problem(report(ONE))).as("any failure is meant").isEmpty();
  }

  @Test
  void clauseThatFailsInAnotherCaseToo_isNot() {
    FailingCase other = new FailingCase("INV-001 other", List.of(SECOND));
    assertThat(known(Map.of(ONE.name(), ONE.extent())).problem(report(ONE, other)).orElse(""))
        .isEqualTo(
            "is a known failure, but not as it is listed: 'INV-001 other' fails " + other.extent());
  }

  @Test
  void caseThatFailsInAnotherCheckToo_isNot() {
    FailingCase more = failing(ONE.name(), FIRST, SECOND);
    assertThat(known(Map.of(ONE.name(), ONE.extent())).problem(report(more)).orElse(""))
        .contains("'INV-001 one' fails " + more.extent());
  }

  @Test
  void caseThatPassesAgain_isNot() {
    FailingCase other = new FailingCase("INV-001 other", List.of(SECOND));
    Map<String, String> both = Map.of(ONE.name(), ONE.extent(), other.name(), other.extent());
    assertThat(known(both).problem(report(other)).orElse(""))
        .contains("'INV-001 one' fails nowhere");
  }

  private static FailingCase failing(String name, Check... checks) {
    return new FailingCase(name, Arrays.asList(checks));
  }

  private static KnownFailure known(Map<String, String> failing) {
    return new KnownFailure(CLAUSE, "", "seen", "says", "source", "high", 0, failing);
  }

  private static Report report(FailingCase... failing) {
    Report sample = Samples.report("a", Verdict.FAIL);
    ClauseVerdict verdict =
        new ClauseVerdict(
            CLAUSE,
            Level.MUST,
            "a title",
            Verdict.FAIL,
            "because",
            2,
            new ClauseVerdict.Witnesses(0, 0, 0, 0),
            Arrays.asList(failing));
    return new Report(
        sample.target(),
        sample.title(),
        sample.hwInfo(),
        sample.seed(),
        sample.caches(),
        sample.selection(),
        sample.cases(),
        sample.operations(),
        List.of(verdict),
        sample.failures(),
        List.of());
  }
}
