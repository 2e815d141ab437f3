package org.iommuref.hw.vtd.mutant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.AttachOrder;
import org.iommuref.hw.vtd.driver.CacheTag;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPasidPresent;
import org.iommuref.hw.vtd.driver.PageRequestRing;
import org.iommuref.hw.vtd.driver.PasidTables;
import org.iommuref.hw.vtd.driver.QueueErrors;
import org.iommuref.hw.vtd.driver.TagOrder;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.hw.vtd.driver.UnitRegisters;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.step.Steps;

/** What is wrong in scalable mode only between two steps: the flush orders, moved. */
final class ScalableRaceMutants {

  private ScalableRaceMutants() {}

  static List<Mutant> all() {
    return List.of(
        StepMutant.drop(
                ClearPasidPresent.class,
                "drop-clear-present",
                "a PASID entry is flushed while it is still present, and emptied afterwards",
                "ATT-002",
                "ATT-005",
                "PASID-018")
            .ofRaces("R41")
            .of(ScalableProvider.NAME)
            .mutant(),
        PartMutant.scalable(
                "tag-after-entry",
                "a domain has the tags of a device only after the PASID entry names it",
                PartMutant.withOrder(
                    new AttachOrder() {
                      @Override
                      public void enter(Runnable assign, Runnable entry) {
                        entry.run();
                        assign.run();
                      }
                    }),
                "INV-004")
            .ofRaces("R26"),
        PartMutant.scalable(
                "tag-given-up-before-entry",
                "a device gives up tags and domain id before its PASID entry is cleared",
                PartMutant.withOrder(
                    new AttachOrder() {
                      @Override
                      public void leave(Runnable entry, Runnable giveUp) {
                        giveUp.run();
                        entry.run();
                      }
                    }),
                "INV-004",
                "DOM-007")
            .ofRaces("R27"),
        PartMutant.scalable(
                "present-before-fields",
                "P of a PASID entry is set before its other fields are written",
                PasidTableMutants.withPasids(PresentFirst::new),
                "ATT-003",
                "INV-004")
            .ofRaces("R44"),
        PartMutant.scalable(
                "entry-flushed-last",
                "translations of a PASID entry that ends are dropped before the cached entry is",
                PasidTableMutants.withPasids(EntryLast::new),
                "ATT-002",
                "ATT-005",
                "PASID-018")
            .ofRaces("R46"),
        PartMutant.scalable(
                "device-flushed-first",
                "a device drops what it keeps of a PASID before the unit does",
                PasidTableMutants.withPasids(DeviceFirst::new),
                "ATT-002",
                "ATT-005",
                "PASID-018")
            .ofRaces("R69"),
        PartMutant.scalable(
                "devices-synced-first",
                "a sync makes devices drop what they keep before it makes the unit",
                withTags(ScalableRaceMutants::reversed),
                "INV-001",
                "DIRTY-037",
                "NEST-004")
            .ofRaces("R69"),
        PartMutant.scalable(
                "drained-before-entry",
                "page requests of an entry that ends are waited for before it ends, and not after",
                PartMutant.withOrder(
                    new AttachOrder() {
                      @Override
                      public void drain(TearDown entry, Runnable drain) {
                        drain.run();
                        entry.tearDown();
                      }
                    }),
                "PRQ-004")
            .ofRaces("R87"),
        PartMutant.scalable(
                "requests-taken-by-two",
                "page requests are taken while somebody else takes them, who is not waited for",
                new DriverParts() {
                  @Override
                  protected PageRequestRing pageRequestRing(UnitParts unit, long ring) {
                    return new TakenByTwo(unit, ring);
                  }
                },
                "PRQ-002",
                "PRQ-004")
            .ofRaces("R81"),
        PartMutant.scalable(
            "refused-command-of-another",
            "a command that hardware has refused is exchanged by whoever finds that out",
            new DriverParts() {
              @Override
              protected QueueErrors queueErrors(
                  UnitRegisters registers, Steps steps, Predicate<Rid> present) {
                return new OfAnother(registers, steps, present);
              }
            },
            "INV-021"));
  }

  private static List<CacheTag> reversed(List<CacheTag> tags) {
    List<CacheTag> turned = new ArrayList<>(tags);
    Collections.reverse(turned);
    return turned;
  }

  private static DriverParts withTags(TagOrder order) {
    return new DriverParts() {
      @Override
      protected TagOrder tagOrder() {
        return order;
      }
    };
  }

  private static final class TakenByTwo extends PageRequestRing {
    TakenByTwo(UnitParts unit, long ring) {
      super(unit, ring);
    }

    @Override
    protected void take(Listener listener) {
      fetch(listener);
    }
  }

  /** Who has written the command is not told that it was not carried out. */
  private static final class OfAnother extends QueueErrors {
    OfAnother(UnitRegisters registers, Steps steps, Predicate<Rid> present) {
      super(registers, steps, present);
    }

    @Override
    protected boolean exchanges(boolean own) {
      return true;
    }
  }

  private static final class PresentFirst extends PasidTables {
    PresentFirst(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void publish(Runnable fields, Runnable present) {
      present.run();
      fields.run();
      present.run();
    }
  }

  private static final class EntryLast extends PasidTables {
    EntryLast(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endFormer(Atom old, int pasid) {
      int domainId = (int) PasidEntry.DID.get(old);
      endTranslations((int) PasidEntry.PGTT.get(old), domainId, pasid);
      endDeviceTlb(pasid);
      endEntry(domainId, pasid);
    }
  }

  private static final class DeviceFirst extends PasidTables {
    DeviceFirst(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endFormer(Atom old, int pasid) {
      endDeviceTlb(pasid);
      int domainId = (int) PasidEntry.DID.get(old);
      endEntry(domainId, pasid);
      endTranslations((int) PasidEntry.PGTT.get(old), domainId, pasid);
    }
  }
}
