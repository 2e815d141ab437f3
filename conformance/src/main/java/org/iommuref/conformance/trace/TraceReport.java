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
    return driver.traces() == wanted
        && driver.rejected().isEmpty()
        && mutants.stream().allMatch(mutant -> mutant.traces() > 0 && mutant.accepted() == 0);
  }
}
