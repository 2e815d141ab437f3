package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.event.ExecuteContextInvalidation;
import org.iommuref.hw.event.ExecuteInvalidation;
import org.iommuref.hw.event.ExecutePasidInvalidation;
import org.iommuref.hw.event.ExecutePasidIotlbInvalidation;
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
  private final PasidScopes pasidScopes;
  private final UnitCaches caches;
  private final InFlight inFlight;
  private final Steps steps;

  Invalidator(VtdParts parts, UnitCaches caches, InFlight inFlight, Steps steps) {
    this.unit = parts.configuration();
    this.scopes = parts.scopes();
    this.pasidScopes = parts.scalable().scopes();
    this.caches = caches;
    this.inFlight = inFlight;
    this.steps = steps;
  }

  @Clause({"VTD-030", "VTD-031"})
  void execute(ContextInvalidation order) {
    caches.invalidate(order);
    inFlight.restart(walk -> restarts(order, walk));
    steps.report(
        new ExecuteContextInvalidation(
            order.granularity(), order.domainId(), order.sourceId(), order.functionMask()));
  }

  @Clause({"VTD-032", "VTD-033", "VTD-034"})
  void execute(IotlbInvalidation order) {
    caches.invalidate(order);
    inFlight.restart(walk -> restarts(order, walk));
    inFlight.drain(request -> drains(order, request));
    steps.report(
        new ExecuteInvalidation(
            order.first(), order.bytes(), order.leafOnly(), order.granularity(), order.domainId()));
  }

  /** Cached PASID entries go. VTD-157 */
  @Clause("VTD-157")
  void execute(PasidInvalidation order) {
    caches.scalable().invalidate(order);
    inFlight.restart(walk -> walk.isScalable() && pasidScopes.restarts(order, walk));
    steps.report(
        new ExecutePasidInvalidation(order.granularity(), order.domainId(), order.pasid()));
  }

  /** What was cached of a PASID goes, and what was translated by it takes effect. */
  void execute(PasidIotlbInvalidation order) {
    caches.scalable().invalidate(order);
    inFlight.restart(walk -> walk.isScalable() && pasidScopes.restarts(order, walk));
    inFlight.drain(request -> request.isScalable() && pasidScopes.drains(order, request));
    steps.report(
        new ExecutePasidIotlbInvalidation(
            order.first(),
            order.last(),
            order.leafOnly(),
            order.granularity(),
            order.domainId(),
            order.pasid()));
  }

  /** The same on behalf of a page request, which waits for no access. VTD-189 */
  void executeWithoutDrain(PasidIotlbInvalidation order) {
    caches.scalable().invalidate(order);
    inFlight.restart(walk -> walk.isScalable() && pasidScopes.restarts(order, walk));
  }

  /** The same on behalf of a page request, which waits for no access. VTD-189 */
  void executeWithoutDrain(IotlbInvalidation order) {
    caches.scalable().invalidate(order);
    inFlight.restart(walk -> restarts(order, walk));
  }

  private boolean restarts(ContextInvalidation order, DmaRequest walk) {
    return walk.isScalable() ? pasidScopes.restarts(order, walk) : scopes.restarts(order, walk);
  }

  private boolean restarts(IotlbInvalidation order, DmaRequest walk) {
    return walk.isScalable() ? pasidScopes.restarts(order, walk) : scopes.restarts(order, walk);
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
    boolean drained =
        request.isScalable() ? pasidScopes.drains(asked, request) : scopes.drains(asked, request);
    return unit.canDrain(request.kind()) && drained;
  }
}
