package org.iommuref.spec.spi;

import java.util.List;

/** Brings mutants; found by ServiceLoader. */
public interface MutantProvider {

  /** The mutants that the suite kills, in a fixed order; names are unique over all providers. */
  List<Mutant> mutants();

  /**
   * The mutants that no sequence of calls gives away, only an interleaving does: not for the suite,
   * each is killed by a scenario that names it.
   */
  default List<Mutant> raceMutants() {
    return List.of();
  }

  /**
   * Everything that an implementation can get wrong of which this provider keeps a table, in its
   * order: each cell with a mutant of {@link #mutants}, or the reason for having none.
   */
  default List<MutantCell> matrix() {
    return List.of();
  }
}
