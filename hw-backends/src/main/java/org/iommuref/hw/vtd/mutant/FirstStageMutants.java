package org.iommuref.hw.vtd.mutant;

import java.util.List;
import org.iommuref.hw.radix.AlteredFormat;
import org.iommuref.hw.radix.TableFormat;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.FirstStage;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.spi.Mutant;

/** First-stage tables with a field that is written wrongly. */
final class FirstStageMutants {

  private FirstStageMutants() {}

  static List<Mutant> all() {
    return List.of(
        PartMutant.scalable(
            "first-stage-leaf-for-supervisors",
            "no leaf of a first stage admits user requests",
            withLeaves((leaf, level) -> leaf & ~FirstStageEntry.US.mask()),
            "MAP-001"),
        PartMutant.scalable(
            "first-stage-leaf-writable",
            "every leaf of a first stage admits writes",
            withLeaves((leaf, level) -> leaf | FirstStageEntry.RW.mask()),
            "MAP-003"),
        PartMutant.scalable(
            "first-stage-leaf-read-only",
            "no leaf of a first stage admits writes",
            withLeaves((leaf, level) -> leaf & ~FirstStageEntry.RW.mask()),
            "MAP-004"),
        PartMutant.scalable(
            "first-stage-large-leaf-without-size",
            "a large leaf of a first stage does not say that it is a leaf",
            withLeaves((leaf, level) -> level > 1 ? leaf & ~FirstStageEntry.PS.mask() : leaf),
            "MAP-009"));
  }

  /** Changes a leaf. */
  @FunctionalInterface
  private interface Change {
    long of(long leaf, int level);
  }

  private static DriverParts withLeaves(Change change) {
    return new DriverParts() {
      @Override
      protected TableFormat firstStage(int levels, long pageSizes) {
        return new Changed(new FirstStage(levels, pageSizes), change);
      }
    };
  }

  /** A format of which leaves alone differ. */
  private record Changed(FirstStage original, Change change) implements AlteredFormat {

    @Override
    public long leaf(long page, Prot prot, int level) {
      return change.of(original.leaf(page, prot, level), level);
    }
  }
}
