package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.report.FailingCase;
import org.iommuref.conformance.report.Words;
import org.iommuref.model.oracle.Branch;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall;
import org.jspecify.annotations.Nullable;

/**
 * Holds each answer of a unit to what the case expects of it.
 *
 * <p>There is no oracle at this seam: what a unit has to do is said by its manual, and the case
 * says it again. Each step is charged to the clause that it shows. A case goes on after a check
 * that failed, so that one deviation does not hide the next; it ends where a reply is lost.
 */
final class UnitJudging {

  private final Case given;
  private final List<Reply<?>> replies;
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();
  private final List<FailingCase.Check> failing = new ArrayList<>();
  private CaseResult.@Nullable Refused first;

  UnitJudging(Case given, List<Reply<?>> replies) {
    this.given = given;
    this.replies = replies;
  }

  /** Judges all steps up to a lost reply. */
  CaseResult judge() {
    for (int i = 0; i < given.steps().size(); i++) {
      if (!(given.steps().get(i).operation() instanceof UnitCall<?> call)) {
        return new CaseResult.IllFormed(i);
      }
      judge(i, call);
      if (replies.get(i) instanceof Reply.Lost) {
        break;
      }
    }
    return first == null
        ? new CaseResult.Allowed(judgements, answers)
        : new CaseResult.Refused(
            first.step(),
            first.clause(),
            first.expected(),
            first.seen(),
            first.why(),
            first.judgements(),
            first.answers(),
            first.lost(),
            failing);
  }

  private void judge(int step, UnitCall<?> call) {
    Expect expect = call.expect() == null ? Expect.ANY : call.expect();
    ClauseId shown = given.steps().get(step).shows();
    ClauseId clause = shown == null ? given.clause() : shown;
    Reply<?> reply = replies.get(step);
    answers.add(Words.of(reply));
    String why = clause + " says so";
    if (!(reply instanceof Reply.Ok<?> ok)) {
      String refusal =
          reply instanceof Reply.Lost
              ? "the target gave no usable reply"
              : "the target refuses a call that it claims";
      refused(step, clause, "an answer", refusal);
    } else if (!expect.admits(ok.value())) {
      refused(step, clause, expect.toString(), why);
    } else if (first == null) {
      judgements.add(
          new Judgement(true, clause, branch(expect, ok.value()), expect.toString(), why));
    }
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

  private void refused(int step, ClauseId clause, String expected, String why) {
    String seen = answers.get(step);
    boolean lost = replies.get(step) instanceof Reply.Lost;
    if (first == null) {
      first =
          new CaseResult.Refused(
              step, clause, expected, seen, why, judgements, List.copyOf(answers), lost);
    }
    String inWords = Words.of(given.steps().get(step).operation());
    String kind = replies.get(step) instanceof Reply.Lost<?> loss ? loss.loss().name() : seen;
    failing.add(new FailingCase.Check(step + 1, inWords, expected, kind));
  }
}
