package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.AttachOrder;
import org.iommuref.hw.vtd.driver.DriverStep.SetPasidPresent;
import org.iommuref.hw.vtd.driver.PasidTables;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.EndingTables;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.Mutant;

/** Tables that end while PASIDs are set to them, and FPD of their entries, handled wrongly. */
final class EndedTableMutants {

  private EndedTableMutants() {}

  static List<StepMutant> steps() {
    return List.of(
        StepMutant.change(
                SetPasidPresent.class,
                step ->
                    new SetPasidPresent(
                        step.unit(),
                        step.device(),
                        step.pasid(),
                        step.address(),
                        step.low() | PasidEntry.FPD.mask()),
                "entry-with-fpd",
                "every PASID entry keeps faults out of the log",
                "FREC-001",
                "FREC-007")
            .of(ScalableProvider.NAME));
  }

  static List<Mutant> parts() {
    return List.of(
        PartMutant.scalable(
            "ended-table-recorded",
            "what a table that has ended refuses is recorded",
            PasidTableMutants.withPasids(Loud::new),
            "FREC-013"),
        PartMutant.callInScalable(
            "table-never-ends",
            "the entries of a table that ends stay as they are",
            Endless::new,
            "PASID-018"),
        PartMutant.scalable(
                "ended-table-without-drain",
                "page requests of a PASID whose table has ended are not waited for",
                PartMutant.withOrder(new WithoutDrain()),
                "PRQ-004")
            .ofRaces("R88"));
  }

  private static final class Loud extends PasidTables {
    Loud(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected long silent() {
      return 0;
    }
  }

  private static final class WithoutDrain implements AttachOrder {
    @Override
    public void drain(TearDown entry, Runnable drain) {
      if (entry.tearDown()) {
        drain.run();
      }
    }
  }

  private static final class Endless extends Forwarding implements EndingTables {
    Endless(IommuBackend driver) {
      super(driver);
    }

    @Override
    public void endTable(DomainId domain) {}
  }
}
