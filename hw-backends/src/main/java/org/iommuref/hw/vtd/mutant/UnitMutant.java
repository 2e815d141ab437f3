package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.clause.ClauseId;

/**
 * A unit with one part that is wrong.
 *
 * @param name unique among all mutants
 * @param title what is wrong, in one line
 * @param violates the clauses of which at least one must fail
 * @param parts what the unit is made of
 */
public record UnitMutant(String name, String title, List<ClauseId> violates, VtdParts parts) {

  /** Copies the list, which is not empty. */
  public UnitMutant {
    violates = List.copyOf(violates);
    if (violates.isEmpty()) {
      throw new IllegalArgumentException("mutant " + name + " names no clause");
    }
  }

  static UnitMutant of(String name, String title, VtdParts parts, String... clauses) {
    return new UnitMutant(name, title, Stream.of(clauses).map(ClauseId::parse).toList(), parts);
  }
}
