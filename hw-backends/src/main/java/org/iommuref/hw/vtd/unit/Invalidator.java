package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.event.ExecuteContextInvalidation;
import org.iommuref.hw.event.ExecuteInvalidation;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.step.Steps;

/**
 * Carries out invalidations, whether a descriptor or a register ordered them: cached entries go,
 * walks that hold what went start anew, translated requests are marked to be drained.
 */
final class Invalidator {

  private static final int FIRST_VERSION_THAT_ALWAYS_DRAINS = 2;

  private final VtdConfiguration unit;
  private final InvalidationScopes scopes;
  private final UnitCaches caches;
  private final InFlight inFlight;
  private final Steps steps;

  Invalidator(VtdParts parts, UnitCaches caches, InFlight inFlight, Steps steps) {
    this.unit = parts.configuration();
    this.scopes = parts.scopes();
    this.caches = caches;
    this.inFlight = inFlight;
    this.steps = steps;
  }

  @Clause({"VTD-030", "VTD-031"})
  void execute(ContextInvalidation order) {
    caches.invalidate(order);
    inFlight.restart(walk -> scopes.restarts(order, walk));
    steps.report(
        new ExecuteContextInvalidation(
            order.granularity(), order.domainId(), order.sourceId(), order.functionMask()));
  }

  @Clause({"VTD-032", "VTD-033", "VTD-034"})
  void execute(IotlbInvalidation order) {
    caches.invalidate(order);
    inFlight.restart(walk -> scopes.restarts(order, walk));
    inFlight.drain(request -> drains(order, request));
    steps.report(
        new ExecuteInvalidation(
            order.first(), order.bytes(), order.leafOnly(), order.granularity(), order.domainId()));
  }

  /** Everything that was cached goes, and every walk starts anew. VTD-043 */
  void executeAll() {
    caches.invalidateAll();
    inFlight.restart(walk -> true);
    IotlbInvalidation all = IotlbInvalidation.ofAll();
    steps.report(new ExecuteInvalidation(0, all.bytes(), false, all.granularity(), 0));
  }

  private boolean drains(IotlbInvalidation order, DmaRequest request) {
    IotlbInvalidation asked =
        unit.majorVersion() >= FIRST_VERSION_THAT_ALWAYS_DRAINS ? order.draining() : order;
    return unit.canDrain(request.kind()) && scopes.drains(asked, request);
  }
}
