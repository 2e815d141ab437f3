package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.radix.TableStep.ClearDirty;
import org.iommuref.hw.radix.TableStep.WritePte;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.DirtyQuery;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.DriverStep.ChangeDirtyEnable;
import org.iommuref.hw.vtd.driver.DriverStep.SetPasidPresent;
import org.iommuref.hw.vtd.driver.PasidTables;
import org.iommuref.hw.vtd.driver.UnitParts;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.Mutant;

/** What is recorded of writes gone wrong: entries, flushes, marks. */
final class DirtyMutants {

  private DirtyMutants() {}

  static List<StepMutant> steps() {
    return Stream.of(
            StepMutant.drop(
                    ChangeDirtyEnable.class,
                    "drop-dirty-enable",
                    "entries that are present are never made to record writes",
                    "DIRTY-035",
                    "DIRTY-038")
                .ofRaces("R131"),
            StepMutant.drop(
                    ChangeDirtyEnable.class,
                    step -> PasidEntry.PGTT.get(step.low()) == PasidEntry.PGTT_NESTED,
                    "drop-dirty-enable-of-nested",
                    "entries of nested domains are never made to record writes",
                    "DIRTY-043")
                .ofRaces("R132"),
            StepMutant.change(
                    SetPasidPresent.class,
                    step ->
                        new SetPasidPresent(
                            step.unit(),
                            step.device(),
                            step.pasid(),
                            step.address(),
                            PasidEntry.SSADE.put(step.low(), 0)),
                    "entry-without-dirty-enable",
                    "an entry that becomes present never records writes",
                    "DIRTY-040",
                    "DIRTY-042",
                    "DIRTY-044")
                .ofRaces("R132"),
            StepMutant.change(
                WritePte.class,
                pte ->
                    new WritePte(pte.iova(), pte.page(), Prot.READ_WRITE, pte.level(), pte.slot()),
                "leaf-with-every-right",
                "every leaf admits reads and writes",
                "MAP-003",
                "ATS-009"),
            StepMutant.drop(
                ClearDirty.class,
                "drop-clear-dirty",
                "what was told as written is never made clean",
                "DIRTY-036"))
        .map(mutant -> mutant.of(ScalableProvider.NAME))
        .toList();
  }

  static List<Mutant> parts() {
    return List.of(
        PartMutant.scalable(
                "dirty-enable-without-flush",
                "what was cached of an entry stays when it begins to record writes",
                PasidTableMutants.withPasids(TrackingUnflushed::new),
                "DIRTY-038")
            .ofRaces("R131"),
        PartMutant.scalable(
                "clean-without-gather",
                "what was made clean is not invalidated",
                withQuery(
                    new DirtyQuery() {
                      @Override
                      public void cleaned(Gather gather, Iova iova, long length) {}
                    }),
                "DIRTY-037")
            .ofRaces("R129"),
        PartMutant.scalable(
            "query-always-cleans",
            "every query makes clean what it tells",
            withQuery(
                new DirtyQuery() {
                  @Override
                  public boolean cleans(boolean asked) {
                    return true;
                  }
                }),
            "DIRTY-039"),
        PartMutant.scalable(
            "query-of-twice-the-range",
            "a query tells and cleans twice the range that was asked for",
            withQuery(
                new DirtyQuery() {
                  @Override
                  public long size(long asked) {
                    return 2 * asked;
                  }
                }),
            "DIRTY-041"));
  }

  private static DriverParts withQuery(DirtyQuery query) {
    return new DriverParts() {
      @Override
      protected DirtyQuery dirtyQuery() {
        return query;
      }
    };
  }

  private static final class TrackingUnflushed extends PasidTables {
    TrackingUnflushed(UnitParts unit, Rid device, long directory) {
      super(unit, device, directory);
    }

    @Override
    protected void endUntracked(Atom old, int pasid) {}
  }
}
