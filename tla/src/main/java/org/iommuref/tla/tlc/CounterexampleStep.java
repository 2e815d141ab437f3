package org.iommuref.tla.tlc;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One step of a counterexample: an action, and what it changed.
 *
 * @param action the name of the action
 * @param changes the places that differ, in the order of the variables' names; empty if none does
 */
public record CounterexampleStep(String action, List<StateChange> changes) {

  /** Copies the list. */
  public CounterexampleStep {
    changes = List.copyOf(changes);
  }

  static CounterexampleStep between(TlcState before, TlcState after) {
    List<StateChange> changes = new ArrayList<>();
    for (Map.Entry<String, TlaValue> variable : after.variables().entrySet()) {
      TlaValue old = before.variables().get(variable.getKey());
      if (old != null) {
        changes.addAll(StateChange.between(variable.getKey(), old, variable.getValue()));
      }
    }
    return new CounterexampleStep(after.action(), changes);
  }
}
