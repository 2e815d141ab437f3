package org.iommuref.model.mutant;

import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.iommuref.model.core.CoreModel;
import org.iommuref.model.core.CoreParts;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;

/** The mutants of the IOMMU core. */
public final class CoreMutants implements MutantProvider {

  /** Where what is wrong can be seen without caches. */
  static final String IDEAL = "ideal";

  /** Where it takes caches to see what is wrong, or a driver without PASIDs. */
  static final String VTD = "vtd";

  @Override
  public List<Mutant> mutants() {
    return Stream.of(
            CoreCheckMutants.mutants(),
            CoreStepMutants.mutants(),
            WrongSwitches.mutants(),
            WrongOwnership.mutants(),
            WrongPasidSwitches.mutants(),
            WrongMappers.mutants(),
            WrongPageSizes.mutants(),
            WrongPciGroups.mutants(),
            WrongResets.mutants(),
            WrongDeferrals.mutants())
        .flatMap(List::stream)
        .toList();
  }

  /** Linux's core with a part that is wrong; {@code clauses} is written {@code GRP-001 GRP-002}. */
  static Mutant mutant(
      String base, String name, String title, String clauses, UnaryOperator<CoreParts> change) {
    String full = "core-" + name;
    CoreParts parts = change.apply(CoreParts.LINUX);
    return new Mutant.OfCore(
        full, title, IdealMutants.clauses(clauses), base, new CoreModel(full, parts));
  }
}
