package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.radix.EntryLink;
import org.iommuref.hw.vtd.driver.AttachOrder;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.DriverStep.ClearPresent;
import org.iommuref.hw.vtd.driver.DriverStep.WriteBarrier;
import org.iommuref.hw.vtd.driver.DriverStep.WriteContextEntry;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;

/**
 * What is wrong only between two steps: a sequence of calls in which hardware moves while software
 * waits never shows it.
 */
final class RaceMutants {

  private static final Atom EMPTY = new Atom(0, 0);

  private RaceMutants() {}

  static List<Mutant> all() {
    return Stream.of(
            steps().stream().map(StepMutant::mutant),
            parts().stream(),
            ScalableRaceMutants.all().stream(),
            InvalidationMutants.walks().stream().map(PartMutant::unit))
        .flatMap(mutants -> mutants)
        .toList();
  }

  private static List<StepMutant> steps() {
    return List.of(
        StepMutant.drop(
                WriteBarrier.class,
                "drop-write-barrier",
                "the doorbell of the invalidation queue can overtake what was written before it",
                "INV-001",
                "INV-010")
            .ofRaces("R25"),
        StepMutant.drop(
                ClearPresent.class,
                "drop-clear-present",
                "a context entry is flushed while it is still present, and emptied afterwards",
                "ATT-002",
                "ATT-005")
            .ofRaces("R42"),
        StepMutant.instead(
                WriteContextEntry.class,
                step -> isPresent(step) ? List.of(with(step, EMPTY), step) : List.of(step),
                "replace-through-blocked",
                "a context entry is emptied before the next one is written",
                "ATT-009")
            .ofRaces("R38"),
        StepMutant.instead(
                WriteContextEntry.class,
                step ->
                    isPresent(step)
                        ? List.of(with(step, new Atom(step.entry().low(), 0)), step)
                        : List.of(step),
                "entry-in-two-halves",
                "the halves of a context entry are written one after the other",
                "ATT-009",
                "ATT-003")
            .ofRaces("R42"));
  }

  private static List<Mutant> parts() {
    return List.of(
        PartMutant.driver(
            "link-without-compare",
            "a new table is linked whether another CPU has linked one or not",
            withLink(
                (memory, slot, entry) -> {
                  memory.writeLong(slot, entry);
                  return true;
                }),
            "MAP-001"),
        PartMutant.driver(
                "tag-after-entry",
                "a domain has a device's tag only after the context entry names it",
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
        PartMutant.driver(
                "tag-given-up-before-entry",
                "a device gives up tag and domain id before its context entry is changed",
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
        PartMutant.callInCachingMode(
                "tells-before-mapping",
                "a unit in caching mode is told of a mapping before it is made",
                (environment, driver) -> new TellsFirst(driver),
                "MAP-014")
            .ofRaces("R18"));
  }

  private static DriverParts withLink(EntryLink link) {
    return new DriverParts() {
      @Override
      protected EntryLink entryLink() {
        return link;
      }
    };
  }

  private static final class TellsFirst extends Forwarding {
    TellsFirst(IommuBackend driver) {
      super(driver);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      super.syncMap(domain, iova, pageSize * count).value();
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }

    @Override
    public Result<Done> syncMap(DomainId domain, Iova iova, long size) {
      return Result.done();
    }
  }

  private static boolean isPresent(WriteContextEntry step) {
    return ContextEntry.P.isSet(step.entry().low());
  }

  private static WriteContextEntry with(WriteContextEntry step, Atom entry) {
    return new WriteContextEntry(step.unit(), step.device(), step.address(), entry);
  }
}
