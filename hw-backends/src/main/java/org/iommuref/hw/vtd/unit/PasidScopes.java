package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.spec.clause.Clause;

/**
 * What an invalidation takes in scalable mode, at the least that the manual asks for. Manual 6.5.2,
 * table of granularities.
 */
public interface PasidScopes {

  /** Whether a cached context entry goes; it has no domain tag, so a domain means all. */
  @Clause("VTD-172")
  default boolean takes(ContextInvalidation order, ScalableContextCacheEntry entry) {
    return takesContextOf(order, entry.sourceId());
  }

  /** Whether a cached PASID entry goes. */
  @Clause("VTD-171")
  default boolean takes(PasidInvalidation order, PasidCacheEntry entry) {
    return order.names(entry.domainId(), entry.pasid());
  }

  /**
   * Whether a cached translation goes by domain: where a first stage took part, the address in the
   * order says nothing about it.
   */
  @Clause("VTD-173")
  default boolean takes(IotlbInvalidation order, ScalableIotlbEntry entry) {
    return order.names(entry.content().domainId())
        && (entry.content().hasFirstStage() || entry.overlaps(order.first(), order.last()));
  }

  /** Whether a cached pointer of a first stage goes by domain. */
  @Clause("VTD-173")
  default boolean takes(IotlbInvalidation order, FirstStagePointer entry) {
    return order.names(entry.domainId());
  }

  /** Whether a cached pointer of a second stage goes; the hint of page granularity keeps it. */
  @Clause("VTD-173")
  default boolean takes(IotlbInvalidation order, PagingStructureEntry entry) {
    return order.names(entry.domainId())
        && entry.overlaps(order.first(), order.last())
        && !(order.namesPages() && order.leafOnly());
  }

  /** Whether a cached translation goes by PASID; pages mean those of a first stage. */
  @Clause("VTD-159")
  default boolean takes(PasidIotlbInvalidation order, ScalableIotlbEntry entry) {
    return order.names(entry.content().domainId(), entry.pasid())
        && (!order.namesPages()
            || (entry.content().hasFirstStage() && entry.overlaps(order.first(), order.last())));
  }

  /** Whether a cached pointer of a first stage goes by PASID. */
  @Clause("VTD-159")
  default boolean takes(PasidIotlbInvalidation order, FirstStagePointer entry) {
    return order.names(entry.domainId(), entry.pasid())
        && (!order.namesPages()
            || (entry.overlaps(order.first(), order.last()) && !order.leafOnly()));
  }

  /** Whether a walk that is under way holds a context entry that goes. */
  default boolean restarts(ContextInvalidation order, DmaRequest walk) {
    return takesContextOf(order, walk.sourceId());
  }

  /** Whether a walk that is under way holds a PASID entry that goes. */
  default boolean restarts(PasidInvalidation order, DmaRequest walk) {
    return walk.domainId() == DmaRequest.NO_DOMAIN
        || order.names(walk.domainId(), walk.walk().pasid());
  }

  /** Whether a walk that is under way may hold an entry of a table of the domain. */
  default boolean restarts(IotlbInvalidation order, DmaRequest walk) {
    return walk.domainId() != DmaRequest.NO_DOMAIN && order.names(walk.domainId());
  }

  /** Whether a walk that is under way may hold an entry of a table of the PASID. */
  default boolean restarts(PasidIotlbInvalidation order, DmaRequest walk) {
    return walk.domainId() != DmaRequest.NO_DOMAIN
        && order.names(walk.domainId(), walk.walk().pasid());
  }

  /** Whether a translated request has to take effect before the order counts as done: always. */
  @Clause("VTD-162")
  default boolean drains(PasidIotlbInvalidation order, DmaRequest request) {
    return order.names(request.domainId(), request.walk().pasid()) && order.covers(request.iova());
  }

  /** Whether a translated request has to take effect before the order counts as done. */
  default boolean drains(IotlbInvalidation order, DmaRequest request) {
    boolean asked = request.kind().needsWrite() ? order.drainsWrites() : order.drainsReads();
    boolean named =
        order.granularity() == Granularity.GLOBAL
            || (order.names(request.domainId())
                && (request.walk().hasFirstStage() || order.covers(request.iova())));
    return asked && named;
  }

  private static boolean takesContextOf(ContextInvalidation order, int sourceId) {
    return order.granularity() != Granularity.DEVICE || order.names(sourceId);
  }
}
