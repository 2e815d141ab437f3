package org.iommuref.hw.vtd.driver;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import org.iommuref.hw.vtd.driver.DriverStep.Doorbell;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitBatch;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * Invalidations of one unit that are submitted together, in the order in which they were asked for:
 * one doorbell, and one wait behind the last. A batch that is full goes at once.
 *
 * <p>Source: drivers/iommu/intel/cache.c qi_batch_increment_index and qi_batch_flush_descs.
 */
public class InvalidationBatch {

  /** Linux: QI_MAX_BATCHED_DESC_COUNT. */
  private static final int MOST = 16;

  private final Invalidations unit;
  private final Invalidations gathering;
  private final List<Gathered> gathered = new ArrayList<>();

  /** A descriptor, and the step by which it is submitted alone. */
  private record Gathered(Atom descriptor, LongFunction<? extends Doorbell> doorbell) {}

  /** An empty batch for a unit. */
  public InvalidationBatch(Invalidations unit) {
    this.unit = unit;
    this.gathering = unit.into(this::add);
  }

  /** The calls of {@link Invalidations}, of which each adds what it names to the batch. */
  final Invalidations gathering() {
    return gathering;
  }

  private void add(Atom descriptor, LongFunction<? extends Doorbell> doorbell) {
    gathered.add(new Gathered(descriptor, doorbell));
    if (gathered.size() == MOST) {
      endFull();
    }
  }

  /** Submits a batch that is full. */
  @Clause({"INV-004", "INV-010"})
  protected void endFull() {
    submit();
  }

  /** Submits what is left at the end, if anything. */
  @Clause({"INV-004", "INV-010"})
  protected void end() {
    submit();
  }

  /** Returns when all that the batch holds has been carried out; it is empty then. */
  protected final void submit() {
    int count = gathered.size();
    if (count > 0) {
      unit.submit(
          gathered.stream().map(Gathered::descriptor).toList(),
          count == 1
              ? gathered.get(0).doorbell()
              : tail -> new SubmitBatch(unit.unit(), count, tail));
      forget();
    }
  }

  /** Empties the batch. */
  protected final void forget() {
    gathered.clear();
  }
}
