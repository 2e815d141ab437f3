package org.iommuref.spec.step;

/**
 * One step of software or hardware: data, and at most one access to shared state.
 *
 * <p>A step is a record. Its simple name is the name of the action in the TLA+ model, its
 * components are the arguments.
 */
public interface Step {

  /** The name of the action. */
  default String action() {
    return getClass().getSimpleName();
  }
}
