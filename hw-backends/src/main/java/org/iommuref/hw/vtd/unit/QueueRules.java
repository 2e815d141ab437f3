package org.iommuref.hw.vtd.unit;

import org.iommuref.spec.clause.Clause;

/** What the invalidation queue waits for and tells. Manual 6.5.2. */
public interface QueueRules {

  /**
   * Whether a wait descriptor may complete now.
   *
   * @param draining whether a translated request that has to take effect first is still under way
   */
  @Clause({"VTD-035", "INV-002"})
  default boolean mayComplete(boolean draining) {
    return !draining;
  }

  /** Whether a completed wait descriptor sets IWC: if its IF asks for it. */
  @Clause("VTD-036")
  default boolean setsCompletion(boolean asked) {
    return asked;
  }

  /** What a context-cache descriptor does. */
  default ContextInvalidation carriedOut(ContextInvalidation order) {
    return order;
  }

  /** What an IOTLB descriptor does. */
  default IotlbInvalidation carriedOut(IotlbInvalidation order) {
    return order;
  }
}
