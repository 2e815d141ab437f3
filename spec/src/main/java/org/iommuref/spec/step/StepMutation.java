package org.iommuref.spec.step;

import java.util.List;

/**
 * A function from a step to the steps that a mutant performs instead: none drops it, two of it
 * duplicate it, another of the same type narrows or retargets it.
 *
 * <p>Every step in the list has the class of the step given: the same body performs them.
 */
@FunctionalInterface
public interface StepMutation {

  /** Performs every step as it is. */
  StepMutation NONE = List::of;

  /** What is performed in place of {@code step}. */
  List<? extends Step> apply(Step step);
}
