package org.iommuref.hw.vtd.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.iommuref.hw.radix.MapCheck;
import org.iommuref.hw.radix.MapChecks;
import org.iommuref.hw.vtd.driver.ContextTables;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.FaultRegisters;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.hw.vtd.driver.UnitRegisters;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.Mutant;

/** The driver with a part of {@link DriverParts} exchanged for one that is wrong. */
final class DriverPartMutants {

  private static final int FIRST_STAGE_NOT_PRESENT = 0x71;
  private static final int SECOND_STAGE_NOT_PRESENT = 0x79;

  private DriverPartMutants() {}

  static List<Mutant> all() {
    List<Mutant> all = new ArrayList<>(contexts());
    all.addAll(faults());
    all.addAll(checks());
    all.addAll(reasons());
    return all;
  }

  private static List<Mutant> reasons() {
    return List.of(
        PartMutant.scalable(
            "reason-of-neighbour",
            "the reason of a fault record is the one beside the right one",
            withRecords(
                r -> new FaultRecord(r.rid(), r.pasid(), r.page(), r.write(), r.reason() ^ 2)),
            "FREC-012"),
        PartMutant.secondStage(
            "reason-of-first-stage",
            "what a second stage refuses is told as if a first stage had",
            withRecords(
                r ->
                    new FaultRecord(
                        r.rid(),
                        r.pasid(),
                        r.page(),
                        r.write(),
                        r.reason() == SECOND_STAGE_NOT_PRESENT
                            ? FIRST_STAGE_NOT_PRESENT
                            : r.reason())),
            "FREC-012"));
  }

  private static List<Mutant> contexts() {
    return List.of(
        PartMutant.driver(
                "flush-with-new-domain-id",
                "what was cached of a context entry is flushed by the domain id that it has now",
                withContexts(NewDomainId::new),
                "ATT-002",
                "ATT-005")
            .ofRaces("R34"),
        PartMutant.driver(
                "context-flush-alone",
                "a changed context entry is flushed, its domain's translations are not",
                withContexts(ContextAlone::new),
                "ATT-002",
                "ATT-005",
                "INV-012")
            .ofRaces("R28"),
        PartMutant.driver(
            "translation-flush-alone",
            "a changed context entry is not flushed, its domain's translations are",
            withContexts(TranslationsAlone::new),
            "ATT-002",
            "ATT-005"),
        PartMutant.inCachingMode(
            "attach-without-flush",
            "a context entry that becomes present is not flushed in caching mode",
            withContexts(RefusalsKept::new),
            "INV-018"));
  }

  private static List<Mutant> faults() {
    return List.of(
        PartMutant.driver(
            "fault-kind-inverted",
            "the type bits of a fault record are read the wrong way round",
            withRecords(r -> new FaultRecord(r.rid(), r.pasid(), r.page(), !r.write(), r.reason())),
            "FREC-004"),
        PartMutant.driver(
            "fault-requester-swapped",
            "bus and function of a fault record's requester are exchanged",
            withRecords(
                r -> new FaultRecord(swapped(r.rid()), r.pasid(), r.page(), r.write(), r.reason())),
            "FREC-002"),
        PartMutant.driver(
            "fault-page-as-number",
            "the page of a fault record is given as its number",
            withRecords(
                r ->
                    new FaultRecord(
                        r.rid(),
                        r.pasid(),
                        new Iova(r.page().bytes() >>> 12),
                        r.write(),
                        r.reason())),
            "FREC-003"),
        PartMutant.driver(
            "fault-reason-lost",
            "the reason of a fault record is not read",
            withRecords(r -> new FaultRecord(r.rid(), r.pasid(), r.page(), r.write(), 0)),
            "VTD-012",
            "VTD-013"),
        PartMutant.driver(
            "overflow-untold",
            "lost fault records are cleared without a word",
            withFaults(Silent::new),
            "FREC-006"),
        PartMutant.driver(
            "faults-from-first-register",
            "fault records are always read from the first register on",
            withFaults(FromFirst::new),
            "FREC-001"));
  }

  /** Of each condition of a map that a clause states: the driver without it, and one errno off. */
  private static List<Mutant> checks() {
    Set<String> stated = Set.of("MAP-015", "MAP-016", "MAP-024");
    List<Mutant> mutants = new ArrayList<>();
    for (MapCheck check : MapChecks.LINUX.inOrder()) {
      if (stated.contains(check.clause())) {
        mutants.add(
            PartMutant.driver(
                "map-without-" + check.name(),
                "a map is not refused for " + check.name(),
                withChecks(MapChecks.LINUX.without(Set.of(check.name(), "physical-end-too-wide"))),
                check.clause()));
        mutants.add(
            PartMutant.driver(
                "map-" + check.name() + "-as-enoent",
                "a map is refused with ENOENT for " + check.name(),
                withChecks(MapChecks.LINUX.with(check.failingWith(Errno.ENOENT))),
                check.clause()));
      }
    }
    return mutants;
  }

  private static DriverParts withChecks(MapChecks checks) {
    return new DriverParts() {
      @Override
      protected MapChecks mapChecks() {
        return checks;
      }
    };
  }

  /** Makes a variant of the context tables. */
  private interface Contexts {
    ContextTables make(UnitParts unit, long root);
  }

  private static DriverParts withContexts(Contexts contexts) {
    return new DriverParts() {
      @Override
      protected ContextTables contextTables(UnitParts unit, long root) {
        return contexts.make(unit, root);
      }
    };
  }

  private static DriverParts withFaults(Function<UnitRegisters, FaultRegisters> faults) {
    return new DriverParts() {
      @Override
      protected FaultRegisters faultRegisters(UnitRegisters registers) {
        return faults.apply(registers);
      }
    };
  }

  private static DriverParts withRecords(UnaryOperator<FaultRecord> change) {
    return withFaults(registers -> new Misread(registers, change));
  }

  private static Rid swapped(Rid rid) {
    return new Rid(rid.devfn() << 8 | rid.bus());
  }

  private static final class NewDomainId extends ContextTables {
    NewDomainId(UnitParts unit, long root) {
      super(unit, root);
    }

    @Override
    protected void endFormer(Rid device, int oldDomainId, int newDomainId) {
      super.endFormer(device, newDomainId, newDomainId);
    }
  }

  private static final class ContextAlone extends ContextTables {
    private final UnitParts unit;

    ContextAlone(UnitParts unit, long root) {
      super(unit, root);
      this.unit = unit;
    }

    @Override
    protected void endFormer(Rid device, int oldDomainId, int newDomainId) {
      unit.invalidations().context(device, oldDomainId);
    }
  }

  private static final class TranslationsAlone extends ContextTables {
    private final UnitParts unit;

    TranslationsAlone(UnitParts unit, long root) {
      super(unit, root);
      this.unit = unit;
    }

    @Override
    protected void endFormer(Rid device, int oldDomainId, int newDomainId) {
      unit.invalidations().domain(oldDomainId);
    }
  }

  private static final class RefusalsKept extends ContextTables {
    RefusalsKept(UnitParts unit, long root) {
      super(unit, root);
    }

    @Override
    protected void endRefusal(Rid device, int newDomainId) {}
  }

  private static final class Silent extends FaultRegisters {
    Silent(UnitRegisters registers) {
      super(registers);
    }

    @Override
    protected boolean overflow(long status) {
      return false;
    }
  }

  private static final class FromFirst extends FaultRegisters {
    FromFirst(UnitRegisters registers) {
      super(registers);
    }

    @Override
    protected int first(long status) {
      return 0;
    }
  }

  private static final class Misread extends FaultRegisters {
    private final UnaryOperator<FaultRecord> change;

    Misread(UnitRegisters registers, UnaryOperator<FaultRecord> change) {
      super(registers);
      this.change = change;
    }

    @Override
    protected FaultRecord decode(Atom register) {
      return change.apply(super.decode(register));
    }
  }
}
