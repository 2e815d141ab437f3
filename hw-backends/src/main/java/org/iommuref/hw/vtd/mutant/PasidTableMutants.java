package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.PasidTables;
import org.iommuref.hw.vtd.driver.ScalableContexts;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.spi.Mutant;

/** What follows a change of a PASID entry or a context entry, left out or of another kind. */
final class PasidTableMutants {

  private PasidTableMutants() {}

  static List<Mutant> all() {
    return List.of(
        PartMutant.scalable(
                "pasid-flush-without-entry",
                "a PASID entry that ends is not dropped from the cache, its translations are",
                withPasids(EntryKept::new),
                "ATT-002",
                "ATT-005",
                "PASID-004")
            .ofRaces("R46", "R47"),
        PartMutant.scalable(
                "pasid-flush-without-translations",
                "a PASID entry that ends is dropped from the cache, its translations are not",
                withPasids(TranslationsKept::new),
                "ATT-002",
                "ATT-005",
                "INV-012",
                "PASID-004")
            .ofRaces("R28"),
        PartMutant.scalable(
                "pasid-flush-as-second-stage",
                "what a first stage has translated is dropped as that of a second stage: by page",
                withPasids(FirstPageAlone::new),
                "ATT-002",
                "PASID-004")
            .ofRaces("R12"),
        PartMutant.scalable(
                "pasid-flush-without-device",
                "a PASID entry that ends is dropped from the caches of the unit, not of the device",
                withPasids(DeviceKept::new),
                "ATT-002",
                "ATT-005",
                "PASID-004")
            .ofRaces("R70"),
        PartMutant.secondStage(
                "pasid-flush-as-first-stage",
                "what a second stage has translated is dropped as that of a first stage",
                withPasids(ByPasid::new),
                "ATT-002",
                "ATT-005",
                "INV-012")
            .ofRaces("R48"),
        PartMutant.scalableCachingMode(
                "attach-without-flush",
                "a PASID entry that becomes present is not flushed in caching mode",
                withPasids(RefusalKept::new),
                "INV-018")
            .ofRaces("R18"),
        PartMutant.scalableCachingMode(
                "attach-flushed-by-new-domain-id",
                "a PASID entry that becomes present is flushed in caching mode by its own domain"
                    + " id",
                withPasids(RefusalOfNewId::new),
                "INV-018")
            .ofRaces("R18"),
        PartMutant.scalableCachingMode(
                "probe-without-flush",
                "a context entry that becomes present is not flushed in caching mode",
                withContexts(ContextRefusalKept::new),
                "INV-018")
            .ofRaces("R18"),
        PartMutant.scalable(
                "release-without-flush",
                "a context entry that ends is not dropped from the cache",
                withContexts(ContextKept::new),
                "ATT-012")
            .ofRaces("R43"));
  }

  /** Makes a variant of the PASID tables. */
  interface Pasids {
    PasidTables make(UnitParts unit, Rid device, long directory);
  }

  static DriverParts withPasids(Pasids pasids) {
    return new DriverParts() {
      @Override
      protected PasidTables pasidTables(UnitParts unit, Rid device, long directory) {
        return pasids.make(unit, device, directory);
      }
    };
  }

  /** Makes a variant of the context tables. */
  private interface Contexts {
    ScalableContexts make(UnitParts unit, long root);
  }

  private static DriverParts withContexts(Contexts contexts) {
    return new DriverParts() {
      @Override
      protected ScalableContexts scalableContexts(UnitParts unit, long root) {
        return contexts.make(unit, root);
      }
    };
  }

  private static final class EntryKept extends PasidTables {
    EntryKept(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endEntry(int domainId, int pasid) {}
  }

  private static final class TranslationsKept extends PasidTables {
    TranslationsKept(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endTranslations(int type, int domainId, int pasid) {}
  }

  private static final class DeviceKept extends PasidTables {
    DeviceKept(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endDeviceTlb(int pasid) {}
  }

  private static final class FirstPageAlone extends PasidTables {
    private final UnitParts unit;

    FirstPageAlone(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
      this.unit = unit;
    }

    @Override
    protected void endTranslations(int type, int domainId, int pasid) {
      unit.invalidations().pagesOfPasid(domainId, pasid, 0, 0, false);
    }
  }

  private static final class ByPasid extends PasidTables {
    private final UnitParts unit;

    ByPasid(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
      this.unit = unit;
    }

    @Override
    protected void endTranslations(int type, int domainId, int pasid) {
      unit.invalidations().pagesOfPasid(domainId, pasid, 0, 0, false);
    }
  }

  private static final class RefusalKept extends PasidTables {
    RefusalKept(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endRefusal(int type, int domainId, int pasid) {}
  }

  private static final class RefusalOfNewId extends PasidTables {
    RefusalOfNewId(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endRefusal(int type, int domainId, int pasid) {
      endEntry(domainId, pasid);
      endTranslations(type, domainId, pasid);
    }
  }

  private static final class ContextRefusalKept extends ScalableContexts {
    ContextRefusalKept(UnitParts unit, long root) {
      super(unit, root);
    }

    @Override
    protected void endRefusal(Rid device) {}
  }

  private static final class ContextKept extends ScalableContexts {
    ContextKept(UnitParts unit, long root) {
      super(unit, root);
    }

    @Override
    protected void endFormer(Rid device) {}
  }
}
