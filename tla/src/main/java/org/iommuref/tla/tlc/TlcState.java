package org.iommuref.tla.tlc;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One state of a counterexample.
 *
 * @param action the action that led to it; empty for the initial state
 * @param variables the value of each variable
 */
public record TlcState(String action, SortedMap<String, TlaValue> variables) {

  /** Copies the map. */
  public TlcState {
    variables = Collections.unmodifiableSortedMap(new TreeMap<>(variables));
  }
}
