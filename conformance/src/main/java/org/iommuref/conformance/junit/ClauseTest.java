package org.iommuref.conformance.junit;

import java.util.List;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.FailureFile;
import org.iommuref.conformance.report.FailureText;
import org.iommuref.conformance.report.Report;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Level;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

/** The verdict on a clause as the outcome of a test. */
final class ClauseTest {

  private final Catalogue catalogue;
  private final Report report;

  ClauseTest(Catalogue catalogue, Report report) {
    this.catalogue = catalogue;
    this.report = report;
  }

  /** Returns for a pass, and throws what JUnit takes for a failed or an aborted test. */
  void show(ClauseVerdict verdict) {
    switch (verdict.verdict()) {
      case PASS -> {}
      case FAIL -> failOrAbort(verdict, failureOf(verdict));
      case UNVERIFIED -> failOrAbort(verdict, reasonOf(verdict));
      case BROKEN -> throw new AssertionFailedError(reasonOf(verdict));
      case NOT_CLAIMED, UNTESTED -> throw new TestAbortedException(reasonOf(verdict));
    }
  }

  /** What is recommended or allowed is reported and fails nothing. */
  private static void failOrAbort(ClauseVerdict verdict, String message) {
    if (verdict.level() == Level.MUST) {
      throw new AssertionFailedError(message);
    }
    throw new TestAbortedException("(" + verdict.level().keyword() + ") " + message);
  }

  private static String reasonOf(ClauseVerdict verdict) {
    return verdict.clause() + " " + verdict.verdict().word() + ": " + verdict.reason();
  }

  private String failureOf(ClauseVerdict verdict) {
    List<Failure> failures =
        report.failures().stream()
            .filter(failure -> failure.clause().equals(verdict.clause()))
            .toList();
    if (failures.isEmpty()) {
      return reasonOf(verdict);
    }
    Failure failure = failures.get(0);
    return String.join("\n", FailureText.lines(failure, catalogue))
        + "\nreplay data:\n"
        + new FailureFile(failure, false).text();
  }
}
