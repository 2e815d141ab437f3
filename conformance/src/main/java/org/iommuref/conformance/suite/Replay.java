package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.Words;
import org.iommuref.conformance.target.Target;
import org.iommuref.model.oracle.Judgement;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;

/**
 * A failure executed again, as it stands: nothing is generated and nothing is reduced.
 *
 * @param steps the steps that were executed and judged, in order
 * @param failed the clause that failed at the last of them; empty if every step was allowed
 * @param problem why the sequence says nothing, in one line; empty if it says something
 */
public record Replay(List<Step> steps, Optional<ClauseId> failed, Optional<String> problem) {

  /** Copies the list. */
  public Replay {
    steps = List.copyOf(steps);
  }

  /**
   * One step and the oracle's word on it.
   *
   * @param operation what was done
   * @param answer what came back, in words
   * @param allowed whether some state that was live gives that answer
   * @param expected what was allowed
   * @param why the reason
   */
  public record Step(
      Operation<?> operation, String answer, boolean allowed, String expected, String why) {}

  /** Executes the steps of a failure on a target and judges them. */
  public static Replay of(Failure failure, Target target) {
    Case one = caseOf(failure);
    CaseResult result = new CaseRunner(target).run(one, failure.session());
    if (result instanceof CaseResult.Allowed allowed) {
      return new Replay(
          judged(one, allowed.judgements(), allowed.answers()), Optional.empty(), Optional.empty());
    }
    CaseResult.Refused refused = result.refusal();
    if (refused != null) {
      List<Step> steps = judged(one, refused.judgements(), refused.answers());
      steps.add(
          new Step(
              one.steps().get(refused.step()).operation(),
              refused.seen(),
              false,
              refused.expected(),
              refused.why()));
      return new Replay(steps, Optional.of(refused.clause()), Optional.empty());
    }
    String problem =
        result instanceof CaseResult.IllFormed illFormed
            ? breach(one, illFormed.step())
            : ((CaseResult.Broken) result).message();
    return new Replay(List.of(), Optional.empty(), Optional.of(problem));
  }

  /** What a step says that breaks the caller's side of the contract. */
  static String breach(Case one, int step) {
    return one.name()
        + " step "
        + (step + 1)
        + " ("
        + Words.of(one.steps().get(step).operation())
        + ") breaks the caller's side of the contract";
  }

  /** The shortest sequence of a failure as a case. */
  static Case caseOf(Failure failure) {
    List<CaseStep> steps = new ArrayList<>();
    for (int i = 0; i < failure.steps().size(); i++) {
      String shows = failure.shows().get(i);
      ClauseId shown = shows.isEmpty() ? null : ClauseId.parse(shows);
      steps.add(new CaseStep(failure.steps().get(i), shown, null));
    }
    return new Case(
        failure.caseName(),
        failure.clause(),
        Set.of(),
        Set.of(),
        failure.session().topology(),
        failure.session().layer(),
        false,
        steps);
  }

  private static List<Step> judged(Case one, List<Judgement> judgements, List<String> answers) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < judgements.size(); i++) {
      Judgement judgement = judgements.get(i);
      steps.add(
          new Step(
              one.steps().get(i).operation(),
              answers.get(i),
              true,
              judgement.expected(),
              judgement.why()));
    }
    return steps;
  }
}
