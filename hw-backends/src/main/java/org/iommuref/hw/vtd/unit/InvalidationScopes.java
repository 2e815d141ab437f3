package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;

/**
 * What an invalidation takes, at the least that the manual asks for: a unit may take more, but one
 * that does hides what software forgot. Manual 6.5.2.
 */
public interface InvalidationScopes {

  /** Whether a cached context entry goes. */
  @Clause({"VTD-030", "VTD-031"})
  default boolean takes(ContextInvalidation order, ContextCacheEntry entry) {
    return takesContextOf(order, entry.sourceId(), entry.domainId());
  }

  /** Whether a cached translation goes; a large page goes if any part of it is named. */
  @Clause({"VTD-032", "VTD-033", "INV-016"})
  default boolean takes(IotlbInvalidation order, IotlbEntry entry) {
    return order.names(entry.domainId()) && entry.overlaps(order.first(), order.last());
  }

  /** Whether a cached pointer to a table goes; the hint of page granularity keeps it. */
  @Clause({"VTD-032", "VTD-034", "INV-009"})
  default boolean takes(IotlbInvalidation order, PagingStructureEntry entry) {
    return order.names(entry.domainId())
        && entry.overlaps(order.first(), order.last())
        && !(order.namesPages() && order.leafOnly());
  }

  /** Whether a walk that is under way holds a context entry that goes, and has to start anew. */
  default boolean restarts(ContextInvalidation order, DmaRequest walk) {
    if (walk.domainId() == DmaRequest.NO_DOMAIN) {
      return order.granularity() == Granularity.GLOBAL; // it holds a root entry at most
    }
    return takesContextOf(order, walk.sourceId(), walk.domainId());
  }

  /** Whether a walk that is under way holds a pointer that goes, and has to start anew. */
  default boolean restarts(IotlbInvalidation order, DmaRequest walk) {
    if (walk.stage() != DmaRequest.Stage.TABLES || !order.names(walk.domainId())) {
      return false;
    }
    if (order.namesPages()) {
      int shift = SecondStageEntry.shift(walk.level() + 1);
      long below = walk.iova() & (-1L << shift);
      return !order.leafOnly()
          && Long.compareUnsigned(below, order.last()) <= 0
          && Long.compareUnsigned(below + (1L << shift) - 1, order.first()) >= 0;
    }
    return true;
  }

  /** Whether a translated request has to take effect before the order counts as done. */
  @Clause("INV-002")
  default boolean drains(IotlbInvalidation order, DmaRequest request) {
    boolean asked = request.kind().needsWrite() ? order.drainsWrites() : order.drainsReads();
    boolean named = order.granularity() == Granularity.GLOBAL || order.names(request.domainId());
    return asked && named && namesAddress(order, request.iova());
  }

  private static boolean takesContextOf(ContextInvalidation order, int sourceId, int domainId) {
    return switch (order.granularity()) {
      case Granularity.GLOBAL -> true;
      case Granularity.DOMAIN -> domainId == order.domainId();
      default -> domainId == order.domainId() && order.names(sourceId);
    };
  }

  private static boolean namesAddress(IotlbInvalidation order, long address) {
    return Long.compareUnsigned(address, order.first()) >= 0
        && Long.compareUnsigned(address, order.last()) <= 0;
  }
}
