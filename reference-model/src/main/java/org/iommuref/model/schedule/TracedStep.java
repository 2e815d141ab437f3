package org.iommuref.model.schedule;

import org.iommuref.spec.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * One line of a trace.
 *
 * @param actor the name of the thread or machine whose move it was
 * @param step what it did
 * @param yielded what the step gave to its caller; null for a step that yields nothing
 */
public record TracedStep(String actor, Step step, @Nullable Object yielded) {

  /** A step that yields nothing. */
  public TracedStep(String actor, Step step) {
    this(actor, step, null);
  }

  /** The line as a failure prints it. */
  @Override
  public String toString() {
    return yielded == null ? actor + ": " + step : actor + ": " + step + " = " + yielded;
  }
}
