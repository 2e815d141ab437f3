package org.iommuref.model.iommufd.kernel;

import org.iommuref.spec.step.Steps;

/**
 * Decides at each point where the kernel can fail to allocate, or injects a failure, whether it
 * does. Linux: failslab and fail_iommufd.
 */
@FunctionalInterface
public interface Allocations {

  /** Nothing ever fails. */
  Allocations PLENTY = what -> false;

  /**
   * Whether this one fails.
   *
   * @param what names the point, as {@code allocation of an area}
   */
  boolean fails(String what);

  /** Each point is a choice of the schedule: 1 fails it. */
  static Allocations chosenBy(Steps steps) {
    return what -> steps.choose(what, 2) == 1;
  }
}
