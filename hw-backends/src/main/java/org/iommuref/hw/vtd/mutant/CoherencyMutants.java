package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.DriverStep.ChangePageSnoop;
import org.iommuref.hw.vtd.driver.DriverStep.WritePasidFields;
import org.iommuref.hw.vtd.driver.PasidTables;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.Mutant;

/** Enforced cache coherency gone wrong: entries, leaves, flushes. */
final class CoherencyMutants {

  private CoherencyMutants() {}

  static List<StepMutant> steps() {
    return List.of(
        StepMutant.drop(
                ChangePageSnoop.class,
                "drop-page-snoop",
                "entries that are present are never made to snoop",
                "DOM-012")
            .of(ScalableProvider.NAME),
        StepMutant.change(
                WritePasidFields.class,
                CoherencyMutants::withoutPageSnoop,
                "entry-without-page-snoop",
                "no entry makes accesses snooped",
                "DOM-011")
            .of(ScalableProvider.NAME));
  }

  private static WritePasidFields withoutPageSnoop(WritePasidFields step) {
    Atom fields =
        step.atom() == 0
            ? ScalableStepMutants.with(step.fields(), PasidEntry.PGSNP, snooped -> 0)
            : step.fields();
    return new WritePasidFields(
        step.unit(), step.device(), step.pasid(), step.atom(), step.address(), fields);
  }

  static List<Mutant> parts() {
    return List.of(
        PartMutant.scalable(
            "page-snoop-without-flush",
            "what was cached of an entry stays when it begins to snoop",
            PasidTableMutants.withPasids(Unflushed::new),
            "DOM-012"),
        PartMutant.scalable(
            "leaves-without-snoop",
            "no leaf of a second stage makes accesses snooped",
            without(true),
            "DOM-011"),
        PartMutant.scalable(
            "without-snoop",
            "neither leaves nor entries make accesses snooped",
            without(false),
            "DOM-011",
            "DOM-013"));
  }

  /** Of legacy mode, where no device asks for a translation. */
  static List<Mutant> ofLegacyMode() {
    return List.of(
        PartMutant.call(
            "coherency-refused",
            "no domain is made to enforce cache coherency",
            (environment, driver) -> new Refuses(driver),
            "DOM-014"));
  }

  private static final class Refuses extends Forwarding implements CacheCoherency {
    Refuses(IommuBackend driver) {
      super(driver);
    }

    @Override
    public boolean enforce(DomainId domain) {
      return false;
    }
  }

  /** Without snooped leaves; with snooped pages, or without them too. */
  private static DriverParts without(boolean pages) {
    return new DriverParts() {
      @Override
      protected boolean snoopsPages() {
        return pages;
      }

      @Override
      protected boolean snoopsLeaves() {
        return false;
      }
    };
  }

  private static final class Unflushed extends PasidTables {
    Unflushed(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endUnsnooped(Atom old, int pasid) {}
  }
}
