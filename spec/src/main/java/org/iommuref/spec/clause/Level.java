package org.iommuref.spec.clause;

import java.util.Locale;

/**
 * How binding a clause is; a conformant implementation passes every {@link #MUST} that it claims
 * and that is tested.
 */
public enum Level {
  /** A rule: breaking it fails the implementation. */
  MUST,
  /** A recommendation: breaking it is reported and fails nothing. */
  SHOULD,
  /** A freedom: both behaviours conform, and the clause says so. */
  MAY;

  /** The word that the catalogue and the clause's statement use, in lower case. */
  public String keyword() {
    return name().toLowerCase(Locale.ROOT);
  }
}
