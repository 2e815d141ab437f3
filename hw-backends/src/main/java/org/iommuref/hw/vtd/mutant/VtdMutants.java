package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantProvider;

/**
 * Brings the mutants of the targets {@code vtd} and {@code vtd-caching-mode} that a device, a fault
 * record or the result of a call gives away.
 *
 * <p>Most are made from the driver's declared steps and the unit's declared lists; the others have
 * one part exchanged.
 */
public final class VtdMutants implements MutantProvider {

  /** The provider. */
  public VtdMutants() {}

  @Override
  public List<Mutant> mutants() {
    return Stream.of(
            steps(),
            DriverPartMutants.all(),
            CallMutants.all(),
            VtdUnitMutants.seenByDevices().stream().map(PartMutant::unit).toList())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<Mutant> raceMutants() {
    return RaceMutants.all();
  }

  private static List<Mutant> steps() {
    return stepMutants().map(StepMutant::mutant).toList();
  }

  /** The mutants that are made from the driver's steps. */
  static Stream<StepMutant> stepMutants() {
    return Stream.of(TableStepMutants.all(), DescriptorMutants.all(), DriverStepMutants.all())
        .flatMap(List::stream);
  }
}
