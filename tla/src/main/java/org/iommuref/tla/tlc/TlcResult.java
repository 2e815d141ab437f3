package org.iommuref.tla.tlc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a run of TLC found.
 *
 * @param outcome how it ended
 * @param violated the invariant or property that was violated, where TLC names it
 * @param distinctStates how many states were found; with an outcome other than {@code OK}, up to
 *     then
 * @param depth states on the longest of the shortest ways to a state; exact with one worker
 * @param actions how often each action of the next-state relation was taken; empty without coverage
 * @param states the counterexample, initial state first; empty if there is none
 * @param printed what the model printed, and lines of the JVM, in order
 * @param problems TLC's errors, one line each, other than that something was violated
 */
public record TlcResult(
    TlcOutcome outcome,
    Optional<String> violated,
    OptionalLong distinctStates,
    OptionalInt depth,
    SortedMap<String, Long> actions,
    List<TlcState> states,
    List<String> printed,
    List<String> problems) {

  /** Copies the collections. */
  public TlcResult {
    actions = Collections.unmodifiableSortedMap(new TreeMap<>(actions));
    states = List.copyOf(states);
    printed = List.copyOf(printed);
    problems = List.copyOf(problems);
  }

  /** The steps of the counterexample; empty if there is none. */
  public List<CounterexampleStep> counterexample() {
    List<CounterexampleStep> steps = new ArrayList<>();
    for (int i = 1; i < states.size(); i++) {
      steps.add(CounterexampleStep.between(states.get(i - 1), states.get(i)));
    }
    return List.copyOf(steps);
  }

  /** The actions that were never taken, in order of name; known only with coverage. */
  public List<String> actionsNeverTaken() {
    return actions.entrySet().stream()
        .filter(action -> action.getValue() == 0)
        .map(Map.Entry::getKey)
        .toList();
  }
}
