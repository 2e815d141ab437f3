package org.iommuref.conformance.suite;

import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.Operation;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a case.
 *
 * @param operation what is done
 * @param shows the clause that a wrong answer violates, or null: the oracle then names it
 * @param claim what the author says of the answer, or null for nothing
 */
public record CaseStep(Operation<?> operation, @Nullable ClauseId shows, @Nullable Claim claim) {

  /** A step of which nothing is said. */
  public static CaseStep of(Operation<?> operation) {
    return new CaseStep(operation, null, null);
  }

  /** The same step without the author's word: what a reduced case is made of. */
  CaseStep withoutClaim() {
    return new CaseStep(operation, shows, null);
  }
}
