package org.iommuref.conformance.scenario;

import java.util.List;
import java.util.Optional;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Origin;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.RaceId;

/**
 * A race that was seen in a kernel, or that a rule of one is there to prevent, and what shows it.
 *
 * @param id its name
 * @param title what goes wrong
 * @param origin who says so
 * @param scenarios names of those that show it
 * @param mutants that bring it about, in order of name
 * @param steps of a driver that it is about, by name
 * @param models that show it: of each its name and that of a fault
 * @param reason why no scenario shows it; empty if one does
 */
public record Race(
    RaceId id,
    String title,
    List<Origin> origin,
    List<String> scenarios,
    List<Mutant> mutants,
    List<String> steps,
    List<String> models,
    Optional<String> reason) {

  /** Copies the lists. */
  public Race {
    origin = List.copyOf(origin);
    scenarios = List.copyOf(scenarios);
    mutants = List.copyOf(mutants);
    steps = List.copyOf(steps);
    models = List.copyOf(models);
  }

  /** The clauses that its mutants break, in order. */
  public List<ClauseId> clauses() {
    return mutants.stream().flatMap(m -> m.violates().stream()).distinct().sorted().toList();
  }
}
