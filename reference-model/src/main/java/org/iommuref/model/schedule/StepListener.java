package org.iommuref.model.schedule;

/** Hears what a sequential run does, in order. */
public interface StepListener {

  /**
   * A step of software, or an event that hardware reported. A step comes before the events that its
   * own body brought about.
   */
  void performed(TracedStep step);

  /** A choice: which of {@code n} cases {@code label} came out as. */
  default void chosen(String label, int n, int choice) {}
}
