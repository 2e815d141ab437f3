package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.explore.Exploration;
import org.jspecify.annotations.Nullable;

/** What the stages of a search came to, one after the other. */
final class Seen {

  private final Map<Outcome, Exploration.Seen> outcomes = new LinkedHashMap<>();
  private final List<String> claims = new ArrayList<>();
  private long failures;
  private @Nullable Execution<Outcome> firstFailure;

  /** Adds a stage; one that covers what was before takes its place. */
  void add(Exploration<Outcome> stage, boolean alone) {
    if (alone) {
      outcomes.clear();
      claims.clear();
      failures = 0;
    }
    claims.add(stage.claim());
    stage
        .outcomes()
        .forEach(
            (outcome, seen) ->
                outcomes.merge(
                    outcome,
                    seen,
                    (a, b) -> new Exploration.Seen(a.times() + b.times(), a.first())));
    failures += stage.failures();
    firstFailure = firstFailure == null ? stage.firstFailure() : firstFailure;
  }

  Map<Outcome, Exploration.Seen> outcomes() {
    return outcomes;
  }

  List<String> claims() {
    return List.copyOf(claims);
  }

  long failures() {
    return failures;
  }

  Optional<Execution<Outcome>> firstFailure() {
    return Optional.ofNullable(firstFailure);
  }
}
