package org.iommuref.conformance.suite;

/**
 * What the author of a case says of a step. The oracle must say the same, or the harness is broken;
 * a target must have been seen doing it, or the clause is unverified.
 */
public enum Claim {
  /** The access or call must succeed. */
  SUCCEEDS,
  /** The access must fault, or the call must fail. */
  FAULTS,
  /**
   * A removed translation may be used; a target that claims a cache must have been seen using it.
   */
  MAY_BE_STALE
}
