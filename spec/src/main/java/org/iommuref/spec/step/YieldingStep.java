package org.iommuref.spec.step;

/**
 * A step whose result its caller uses.
 *
 * @param <T> the result
 */
public interface YieldingStep<T> extends Step {

  /**
   * What the caller gets if a mutant drops the step: the value of a step that found nothing to do.
   */
  T ifDropped();
}
