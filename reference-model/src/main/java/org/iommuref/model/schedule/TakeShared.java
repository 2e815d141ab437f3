package org.iommuref.model.schedule;

import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;

/**
 * Waiting for a lock for reading, as a hang or a deadlock names it; never an event of a trace.
 *
 * @param lock what is wanted
 * @param obstacle who holds it, or who waits to write and so keeps new readers out
 */
public record TakeShared(StepLock lock, String obstacle) implements Step {

  @Override
  public String toString() {
    return "TakeShared[" + lock + ", " + obstacle + "]";
  }
}
