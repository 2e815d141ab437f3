package org.iommuref.conformance.trace;

import java.util.List;

/**
 * What trace validation came to.
 *
 * @param wanted how many traces were to be judged
 * @param driver the driver's traces, each of which must be accepted
 * @param mutants the traces of each step mutant, each of which must be rejected
 */
public record TraceReport(int wanted, JudgedTraces driver, List<JudgedTraces> mutants) {

  /** Copies the list. */
  public TraceReport {
    mutants = List.copyOf(mutants);
  }

  /** Whether enough traces differ, the driver's are all accepted and the mutants' all rejected. */
  public boolean isAsItShould() {
    return driver.isAsItShould(wanted)
        && mutants.stream().allMatch(mutant -> mutant.isAsItShould(wanted));
  }

  /** The result in one line. */
  @Override
  public String toString() {
    String few =
        driver.traces() == wanted ? "" : " (" + wanted + " were asked for, no more were found)";
    long refused = mutants.stream().filter(mutant -> mutant.isAsItShould(wanted)).count();
    return driver.accepted()
        + " of "
        + driver.traces()
        + " traces that differ after renaming are behaviours of "
        + TraceValidation.MODEL
        + few
        + "; "
        + refused
        + " of "
        + mutants.size()
        + " step mutants are rejected";
  }
}
