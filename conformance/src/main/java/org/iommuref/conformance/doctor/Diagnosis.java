package org.iommuref.conformance.doctor;

import java.util.List;

/**
 * All that was noticed of a target.
 *
 * @param saidHello whether it got as far as a valid hello; a target in Java always does
 * @param findings in the order in which they were made
 */
public record Diagnosis(boolean saidHello, List<Finding> findings) {

  private static final int FINE = 0;
  private static final int PROBLEMS = 1;
  private static final int NO_HELLO = 70;

  /** Copies the list. */
  public Diagnosis {
    findings = List.copyOf(findings);
  }

  /** The findings of that weight. */
  public List<String> sentences(Finding.Weight weight) {
    return findings.stream()
        .filter(finding -> finding.weight() == weight)
        .map(Finding::sentence)
        .toList();
  }

  /** 0 if nothing is wrong, 1 if something is, 70 if there was no hello. */
  public int exitCode() {
    if (!saidHello) {
      return NO_HELLO;
    }
    return sentences(Finding.Weight.PROBLEM).isEmpty() ? FINE : PROBLEMS;
  }
}
