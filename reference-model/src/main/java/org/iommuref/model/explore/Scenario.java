package org.iommuref.model.explore;

import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * Software and hardware that race, from a fresh beginning each time.
 *
 * @param <O> the outcome, with a meaningful {@code equals} and {@code toString}
 */
@FunctionalInterface
public interface Scenario<O> {

  /**
   * Builds everything anew and brings it to where the race begins.
   *
   * <p>What is done here is not explored: steps are performed as {@link
   * org.iommuref.model.schedule.Sequential} would, and every choice is the plain case. Everything
   * that the threads share must be made here, and must be the same each time.
   *
   * @param steps the path to shared state, for set-up, threads and outcome alike
   * @param footprint to be told of every access to shared state
   */
  Prepared<O> setUp(Steps steps, Footprint footprint);
}
