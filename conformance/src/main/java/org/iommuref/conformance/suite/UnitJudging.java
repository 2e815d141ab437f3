package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.report.Words;
import org.iommuref.model.oracle.Branch;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall;

/**
 * Holds each answer of a unit to what the case expects of it.
 *
 * <p>There is no oracle at this seam: what a unit has to do is said by its manual, and the case
 * says it again. Each step is charged to the clause that it shows.
 */
final class UnitJudging {

  private final Case given;
  private final List<Reply<?>> replies;
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  UnitJudging(Case given, List<Reply<?>> replies) {
    this.given = given;
    this.replies = replies;
  }

  /** Ends with the first step that is refused. */
  CaseResult judge() {
    for (int i = 0; i < given.steps().size(); i++) {
      CaseStep step = given.steps().get(i);
      if (!(step.operation() instanceof UnitCall<?> call)) {
        return new CaseResult.IllFormed(i);
      }
      Expect expect = call.expect() == null ? Expect.ANY : call.expect();
      ClauseId clause = step.shows() == null ? given.clause() : step.shows();
      Reply<?> reply = replies.get(i);
      answers.add(Words.of(reply));
      String why = clause + " says so";
      if (!(reply instanceof Reply.Ok<?> ok)) {
        boolean lost = reply instanceof Reply.Lost;
        return refused(
            i,
            clause,
            "an answer",
            lost ? "the target gave no usable reply" : "the target refuses a call that it claims",
            lost);
      }
      if (!expect.admits(ok.value())) {
        return refused(i, clause, expect.toString(), why, false);
      }
      judgements.add(
          new Judgement(true, clause, branch(expect, ok.value()), expect.toString(), why));
    }
    return new CaseResult.Allowed(judgements, answers);
  }

  private static Branch branch(Expect expect, Object answer) {
    if (expect.stale() != null) {
      return expect.isStale(answer) ? Branch.STALE_USED : Branch.MAY;
    }
    if (expect.fields().isEmpty()) {
      return Branch.MAY;
    }
    return expect.isRefusal() ? Branch.MUST_FAULT : Branch.MUST_SUCCEED;
  }

  private CaseResult refused(int step, ClauseId clause, String expected, String why, boolean lost) {
    String seen = answers.get(answers.size() - 1);
    return new CaseResult.Refused(step, clause, expected, seen, why, judgements, answers, lost);
  }
}
