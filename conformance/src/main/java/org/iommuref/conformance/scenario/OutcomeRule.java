package org.iommuref.conformance.scenario;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.iommuref.spec.clause.ClauseId;

/**
 * What is said of some outcomes.
 *
 * @param verdict whether they may, must or must not be seen
 * @param when the results that they have; results that are not named may be anything
 * @param shows the clauses that a forbidden outcome violates, and a required one exercises
 * @param why in one sentence
 */
public record OutcomeRule(
    Verdict verdict, Map<String, String> when, List<ClauseId> shows, String why) {

  /** What is said. */
  public enum Verdict {
    /** It may be seen. */
    ALLOWED,
    /** It may be seen, and if it never is, the scenario does not exercise what it is about. */
    REQUIRED,
    /** It violates the clauses shown. */
    FORBIDDEN
  }

  /** Copies map and list. */
  public OutcomeRule {
    when = Map.copyOf(new TreeMap<>(when));
    shows = List.copyOf(shows);
  }

  /** Whether this is said of an outcome. */
  boolean matches(Outcome outcome) {
    return when.entrySet().stream()
        .allMatch(wanted -> wanted.getValue().equals(outcome.results().get(wanted.getKey())));
  }
}
