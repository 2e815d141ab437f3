package org.iommuref.conformance.trace;

import java.util.List;

/**
 * What became of the traces of one driver.
 *
 * @param driver the name of the target
 * @param mutant whether it is a mutant, whose traces must all be rejected
 * @param traces how many that differ after renaming were judged
 * @param rejected those that the model refuses, in order
 */
public record JudgedTraces(
    String driver, boolean mutant, int traces, List<RejectedTrace> rejected) {

  /** Copies the list. */
  public JudgedTraces {
    rejected = List.copyOf(rejected);
  }

  /** How many traces are behaviours of the model. */
  public int accepted() {
    return traces - rejected.size();
  }

  /** Whether a driver's {@code wanted} traces are accepted; whether a mutant's are all rejected. */
  public boolean isAsItShould(int wanted) {
    return mutant ? traces > 0 && accepted() == 0 : traces == wanted && rejected.isEmpty();
  }

  /** {@code vtd: 500 traces that differ after renaming, 500 accepted}, and the first rejected. */
  @Override
  public String toString() {
    String first = rejected.isEmpty() ? "" : "; " + rejected.get(0);
    return driver
        + ": "
        + traces
        + " traces that differ after renaming, "
        + accepted()
        + " accepted"
        + first;
  }
}
