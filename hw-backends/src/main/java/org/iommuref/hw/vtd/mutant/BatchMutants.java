package org.iommuref.hw.vtd.mutant;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.InvalidationBatch;
import org.iommuref.hw.vtd.driver.Invalidations;
import org.iommuref.hw.vtd.driver.SubmissionOrder;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.Mutant;

/** Invalidations that are submitted together, submitted wrongly. */
final class BatchMutants {

  private BatchMutants() {}

  static List<Mutant> all() {
    return List.of(
        PartMutant.scalable(
            "last-batch-not-submitted",
            "what a batch holds at the end of a sync is not submitted",
            new DriverParts() {
              @Override
              protected InvalidationBatch batch(Invalidations unit) {
                return new WithoutEnd(unit);
              }
            },
            "INV-001",
            "INV-010"),
        PartMutant.scalable(
            "full-batch-not-submitted",
            "a batch that is full is emptied and not submitted",
            new DriverParts() {
              @Override
              protected InvalidationBatch batch(Invalidations unit) {
                return new WithoutFull(unit);
              }
            },
            "INV-004"),
        PartMutant.scalable(
                "wait-behind-first",
                "a sync waits for the first of its invalidations",
                new DriverParts() {
                  @Override
                  protected SubmissionOrder submissionOrder() {
                    return BatchMutants::behindFirst;
                  }
                },
                "INV-010",
                "INV-001")
            .ofRaces("R60"));
  }

  private static List<Atom> behindFirst(List<Atom> descriptors, Atom wait) {
    List<Atom> all = new ArrayList<>(descriptors);
    all.add(1, wait);
    return all;
  }

  private static final class WithoutEnd extends InvalidationBatch {
    WithoutEnd(Invalidations unit) {
      super(unit);
    }

    @Override
    protected void end() {}
  }

  private static final class WithoutFull extends InvalidationBatch {
    WithoutFull(Invalidations unit) {
      super(unit);
    }

    @Override
    protected void endFull() {
      forget();
    }
  }
}
