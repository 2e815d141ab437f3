package org.iommuref.conformance.linux;

import java.util.List;
import org.iommuref.spec.clause.ClauseDefinition;

/**
 * A case of Linux's self-test of iommufd, and what of the specification it shows.
 *
 * @param fixture the fixture that it belongs to
 * @param name unique in its fixture
 * @param shows what it shows, in one sentence
 * @param clauses the clauses that say so, at least one
 */
public record SelftestCase(
    String fixture, String name, String shows, List<ClauseDefinition> clauses) {

  /** Copies the list. */
  public SelftestCase {
    clauses = List.copyOf(clauses);
  }

  /** Fixture and name, unique among all cases, as the self-test's own output has them. */
  public String fullName() {
    return fixture + "." + name;
  }
}
