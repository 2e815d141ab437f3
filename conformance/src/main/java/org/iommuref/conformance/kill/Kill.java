package org.iommuref.conformance.kill;

import java.util.List;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;

/**
 * What the suite did to one mutant.
 *
 * @param mutant the mutant
 * @param killers the clauses that failed, sorted
 * @param harness what went wrong in the harness, one line each
 */
public record Kill(Mutant mutant, List<ClauseId> killers, List<String> harness) {

  /** Copies the lists. */
  public Kill {
    killers = List.copyOf(killers);
    harness = List.copyOf(harness);
  }

  /** Whether a clause that the mutant names failed, and the harness did not. */
  public boolean byNamedClause() {
    return harness.isEmpty() && killers.stream().anyMatch(mutant.violates()::contains);
  }

  /**
   * One word: {@code killed}, {@code misnamed} (killed by other clauses alone) or {@code survived}.
   */
  public String word() {
    if (byNamedClause()) {
      return "killed";
    }
    return killers.isEmpty() ? "survived" : "misnamed";
  }
}
