package org.iommuref.conformance.kill;

import java.util.List;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;

/**
 * What the suite did to one mutant.
 *
 * @param mutant the mutant
 * @param killers the clauses that failed on it and not on what it is a copy of, sorted
 * @param harness what makes the run prove nothing, one line each
 */
public record Kill(Mutant mutant, List<ClauseId> killers, List<String> harness) {

  /** Copies the lists. */
  public Kill {
    killers = List.copyOf(killers);
    harness = List.copyOf(harness);
  }

  /** Whether a clause that the mutant names failed, and the run proves something. */
  public boolean byNamedClause() {
    return harness.isEmpty() && killers.stream().anyMatch(mutant.violates()::contains);
  }

  /**
   * One word: {@code killed}, {@code misnamed} (killed by other clauses alone), {@code survived} or
   * {@code broken}.
   */
  public String word() {
    if (!harness.isEmpty()) {
      return "broken";
    }
    if (byNamedClause()) {
      return "killed";
    }
    return killers.isEmpty() ? "survived" : "misnamed";
  }
}
