package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.IommufdProvider;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;

/** iommufd, wrong where no list of checks says what is right: a new area is registered here. */
public final class IommufdMutants implements MutantProvider {

  @Override
  public List<Mutant> mutants() {
    List<Mutant> all = new ArrayList<>();
    all.addAll(WrongUapi.mutants());
    all.addAll(WrongStructures.mutants());
    all.addAll(WrongAnswers.mutants());
    all.addAll(WrongNumbers.mutants());
    all.addAll(WrongRecords.mutants());
    all.addAll(WrongData.mutants());
    all.addAll(WrongVtdData.mutants());
    all.addAll(WrongHolders.mutants());
    all.addAll(WrongWork.mutants());
    all.addAll(WrongPins.mutants());
    all.addAll(WrongCharges.mutants());
    all.addAll(WrongAccess.mutants());
    all.addAll(WrongDirty.mutants());
    all.addAll(WrongVfio.mutants());
    all.addAll(WrongHwpt.mutants());
    all.addAll(WrongDevices.mutants());
    all.addAll(WrongObjects.mutants());
    all.addAll(WrongReserved.mutants());
    all.addAll(WrongRegions.mutants());
    all.addAll(WrongTraits.mutants());
    all.addAll(WrongDoorbells.mutants());
    all.addAll(WrongRanges.mutants());
    all.addAll(WrongPlaces.mutants());
    all.addAll(WrongMappings.mutants());
    all.addAll(WrongCopies.mutants());
    all.addAll(WrongRemovals.mutants());
    all.addAll(WrongFaultQueues.mutants());
    all.addAll(WrongEventOrder.mutants());
    all.addAll(WrongFaultEnds.mutants());
    all.addAll(WrongUnits.mutants());
    all.addAll(WrongOptions.mutants());
    all.addAll(WrongTables.mutants());
    all.addAll(WrongFiles.mutants());
    all.addAll(WrongHwQueues.mutants());
    all.addAll(WrongEventQueues.mutants());
    all.addAll(WrongInvalidations.mutants());
    all.addAll(WrongTestInterface.mutants());
    return all;
  }

  /** A mutant of iommufd; its name gets {@code iommufd-} in front. */
  static Mutant mutant(String name, String title, IommufdProvider wrong, String... violates) {
    return new Mutant.OfIommufd(
        "iommufd-" + name,
        title,
        Stream.of(violates).map(ClauseId::parse).toList(),
        wrong.name(),
        wrong);
  }
}
