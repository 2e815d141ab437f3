package org.iommuref.conformance.suite;

import java.util.List;
import org.iommuref.conformance.report.FailingCase;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.spec.clause.ClauseId;
import org.jspecify.annotations.Nullable;

/** What one execution of a case gave. */
sealed interface CaseResult {

  /** What was not allowed, or null. */
  default @Nullable Refused refusal() {
    if (this instanceof Inexact inexact) {
      return inexact.refused();
    }
    return this instanceof Refused refused ? refused : null;
  }

  /**
   * Every step was allowed.
   *
   * @param judgements of the steps
   * @param answers of the steps, in words
   */
  record Allowed(List<Judgement> judgements, List<String> answers) implements CaseResult {}

  /**
   * A step was not allowed.
   *
   * @param step its index
   * @param clause the clause that it is charged to
   * @param expected what was allowed
   * @param seen what was seen
   * @param why the reason
   * @param judgements of the steps before
   * @param answers of all steps up to this one, in words
   * @param lost whether there was no usable reply, so that the sequence need not be the cause
   * @param failing this and all later checks that failed; empty where a case ends with the first
   */
  record Refused(
      int step,
      ClauseId clause,
      String expected,
      String seen,
      String why,
      List<Judgement> judgements,
      List<String> answers,
      boolean lost,
      List<FailingCase.Check> failing)
      implements CaseResult {

    /** A case that ends with this step. */
    Refused(
        int step,
        ClauseId clause,
        String expected,
        String seen,
        String why,
        List<Judgement> judgements,
        List<String> answers,
        boolean lost) {
      this(step, clause, expected, seen, why, judgements, answers, lost, List.of());
    }
  }

  /**
   * Every step was allowed, but for a detail of one on which the later ones do not depend.
   *
   * @param judgements of all steps
   * @param refused the detail, and what led to it
   */
  record Inexact(List<Judgement> judgements, Refused refused) implements CaseResult {}

  /** A step breaks the caller's side of the contract: the sequence says nothing. */
  record IllFormed(int step) implements CaseResult {}

  /** The author of the case and the oracle disagree. */
  record Broken(String message) implements CaseResult {}
}
