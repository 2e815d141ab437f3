package org.iommuref.model.explore;

import org.iommuref.spec.step.Step;

/**
 * A thread that cannot go on.
 *
 * @param thread its name
 * @param step the wait, or a {@link org.iommuref.model.schedule.TakeLock}
 */
public record Waiting(String thread, Step step) {

  @Override
  public String toString() {
    return thread + " waits in " + step;
  }
}
