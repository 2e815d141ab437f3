package org.iommuref.spec.clause;

import java.util.Locale;

/** How the truth of a clause is established. */
public enum Check {
  /** A case of the suite decides it on every run. */
  TESTED,
  /**
   * A case decides it only in runs where the event of interest happened; otherwise the clause stays
   * unverified.
   */
  STOCHASTIC,
  /** Only a model decides it; no operation of a seam shows it. */
  MODEL_ONLY,
  /** Nothing decides it; the catalogue says why. */
  UNTESTED;

  /** The word that the catalogue uses, as {@code model-only}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
