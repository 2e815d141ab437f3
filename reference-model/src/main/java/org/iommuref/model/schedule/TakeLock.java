package org.iommuref.model.schedule;

import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;

/**
 * Waiting for a lock, as a hang or a deadlock names it; never an event of a trace.
 *
 * @param lock what is wanted
 * @param holder the name of the thread that holds it, or the names of its readers
 */
public record TakeLock(StepLock lock, String holder) implements Step {

  @Override
  public String toString() {
    return "TakeLock[" + lock + ", held by " + holder + "]";
  }
}
