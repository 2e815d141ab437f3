package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.report.Words;
import org.iommuref.conformance.target.Session;
import org.iommuref.model.oracle.Branch;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.Names;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.operation.Reply;

/**
 * Runs a program and holds each answer to what the program expects of it.
 *
 * <p>There is no oracle at this seam: a call has one right answer, and the program says which. Each
 * step is charged to the clause that it shows; a step of the set-up shows that of its own command.
 */
final class ProgramJudging {

  private final Case given;
  private final Session session;
  private final Names names = new Names();
  private final List<Judgement> judgements = new ArrayList<>();
  private final List<String> answers = new ArrayList<>();

  ProgramJudging(Case given, Session session) {
    this.given = given;
    this.session = session;
  }

  /** Ends with the first step that is refused. */
  CaseResult judge() {
    for (int i = 0; i < given.steps().size(); i++) {
      CaseStep step = given.steps().get(i);
      if (!(step.operation() instanceof ProgramCall call) || !names.know(call)) {
        return new CaseResult.IllFormed(i);
      }
      Reply<Answer> reply = session.execute(call);
      answers.add(Words.of(reply));
      ClauseId clause = step.shows() == null ? given.clause() : step.shows();
      if (!(reply instanceof Reply.Ok<Answer> ok)) {
        return refused(i, clause, "an answer", "there is no usable answer", true);
      }
      Expect expect = call.expect();
      names.learn(call, ok.value());
      String refusal = expect.refusal(ok.value(), names);
      if (refusal != null) {
        return refused(i, clause, refusal, clause + " says so", false);
      }
      Branch branch = expect.errnos().isEmpty() ? Branch.MUST_SUCCEED : Branch.MUST_FAULT;
      judgements.add(new Judgement(true, clause, branch, expect.inWords(), clause + " says so"));
    }
    if (session.end() instanceof Reply.Lost<?> lost) {
      int last = given.steps().size() - 1;
      answers.set(last, answers.get(last) + ", then " + Words.of(lost));
      judgements.remove(last);
      String why = "the end of the program is the end of the target";
      return refused(last, given.clause(), "an end of the program alone", why, true);
    }
    return new CaseResult.Allowed(judgements, answers);
  }

  private CaseResult refused(int step, ClauseId clause, String expected, String why, boolean lost) {
    String seen = answers.get(answers.size() - 1);
    return new CaseResult.Refused(step, clause, expected, seen, why, judgements, answers, lost);
  }
}
