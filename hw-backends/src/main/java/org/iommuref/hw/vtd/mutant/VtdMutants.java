package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.matrix.MutantMatrix;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantCell;
import org.iommuref.spec.spi.MutantProvider;

/**
 * Brings the mutants of the targets {@code vtd} and {@code vtd-scalable} and of their variants that
 * a device, a fault record or the result of a call gives away, and those of units that seam 1 gives
 * away.
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
            PasidTableMutants.all(),
            FirstStageMutants.all(),
            CallMutants.all(),
            DirtyMutants.parts(),
            CoherencyMutants.parts(),
            CoherencyMutants.ofLegacyMode(),
            NestedMutants.parts(),
            BatchMutants.all(),
            EndedTableMutants.parts(),
            DeviceStepMutants.parts(),
            byDevices(),
            atRegisters(),
            MutantMatrix.mutants())
        .flatMap(List::stream)
        .toList();
  }

  @Override
  public List<MutantCell> matrix() {
    return MutantMatrix.cells();
  }

  @Override
  public List<Mutant> raceMutants() {
    return RaceMutants.all();
  }

  /** Those that break a rule of the seam between the core and the driver. */
  private static List<Mutant> byDevices() {
    return VtdUnitMutants.seenByDevices().stream()
        .filter(mutant -> !mutant.violates().stream().allMatch(UnitBases::isOfUnits))
        .map(PartMutant::unit)
        .toList();
  }

  /**
   * Those that break a rule of units and need no race: the ones that registers alone show, and
   * those of the others whose rules have cases there too.
   */
  private static List<Mutant> atRegisters() {
    Set<String> races = RaceMutants.all().stream().map(Mutant::name).collect(Collectors.toSet());
    return Stream.concat(
            VtdUnitMutants.seenAtRegisters().stream()
                .filter(mutant -> !races.contains(mutant.name())),
            VtdUnitMutants.seenByDevices().stream().flatMap(UnitBases::ofUnits))
        .filter(UnitBases::isJudged)
        .map(UnitBases::atItsBase)
        .toList();
  }

  private static List<Mutant> steps() {
    return stepMutants().map(StepMutant::mutant).toList();
  }

  /** The mutants that are made from the driver's steps. */
  static Stream<StepMutant> stepMutants() {
    return Stream.of(
            TableStepMutants.all(),
            DescriptorMutants.all(),
            DriverStepMutants.all(),
            ScalableStepMutants.all(),
            ScalableDescriptorMutants.all(),
            DirtyMutants.steps(),
            CoherencyMutants.steps(),
            NestedMutants.steps(),
            EndedTableMutants.steps(),
            InvalidationDepthMutants.steps(),
            DeviceStepMutants.steps())
        .flatMap(List::stream);
  }
}
