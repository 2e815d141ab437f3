package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.model.iommufd.SteppedMock;
import org.iommuref.model.iommufd.object.ObjectTable;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;
import org.iommuref.spec.spi.SteppedIommufdProvider;

/**
 * The races of iommufd, each as the order of steps or the missing lock that makes it; {@code
 * scenarios/README.md} says what the numbers stand for.
 */
public final class IommufdRaceMutants implements MutantProvider {

  @Override
  public List<Mutant> mutants() {
    return List.of();
  }

  @Override
  public List<Mutant> raceMutants() {
    return List.of(
        mutant(
            "r108-lookup-without-lock",
            "an object is looked up and destroyed without the lock of the table",
            "OBJ-050 OBJ-008",
            without(ObjectTable.XA_LOCK)));
  }

  private static SteppedIommufdProvider without(String lock) {
    return RacyIommufd.ordered(steps -> new WithoutLock(steps, lock, WithoutLock.Who.ALL));
  }

  private static Mutant mutant(
      String name, String title, String clauses, SteppedIommufdProvider iommufd) {
    return new Mutant.OfSteppedIommufd(
        "iommufd-" + name, title, IdealMutants.clauses(clauses), SteppedMock.NAME, iommufd);
  }
}
