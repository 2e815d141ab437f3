package org.iommuref.conformance.report;

import java.util.List;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;

/**
 * One failure, reduced, with all that a fresh process needs to see it again.
 *
 * @param clause the clause that was violated
 * @param title its title
 * @param target by name
 * @param caseName the case that found it
 * @param seed the seed of the run
 * @param session how the session was opened
 * @param steps the operations left after reduction; the last is the one that failed
 * @param shows for each step the clause that it is charged to, or empty
 * @param answers what came back for each step, in words
 * @param expected what was allowed for the last
 * @param seen what was seen instead
 * @param why the oracle's reason
 * @param minimal whether no single operation can be left out
 * @param executions how many runs the reduction took
 */
public record Failure(
    ClauseId clause,
    String title,
    String target,
    String caseName,
    long seed,
    SessionConfig session,
    List<Operation<?>> steps,
    List<String> shows,
    List<String> answers,
    String expected,
    String seen,
    String why,
    boolean minimal,
    int executions) {

  /** Copies the lists. */
  public Failure {
    steps = List.copyOf(steps);
    shows = List.copyOf(shows);
    answers = List.copyOf(answers);
  }
}
