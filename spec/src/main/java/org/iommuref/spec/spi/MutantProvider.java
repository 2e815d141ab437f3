package org.iommuref.spec.spi;

import java.util.List;

/** Brings mutants; found by ServiceLoader. */
public interface MutantProvider {

  /** The mutants, in a fixed order; names are unique over all providers. */
  List<Mutant> mutants();
}
