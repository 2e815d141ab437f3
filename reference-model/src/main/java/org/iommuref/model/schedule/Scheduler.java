package org.iommuref.model.schedule;

/**
 * Decides, schedule after schedule, who goes on and what is chosen.
 *
 * <p>Asked only where there is more than one answer. What is picked at the points of one schedule,
 * in order, is its {@link Schedule}.
 */
public interface Scheduler {

  /** Begins the next schedule. Returns false if there is none. */
  boolean begin();

  /** The alternative that goes on. */
  int turn(Turn turn);

  /** Which of the {@code n} cases {@code label} comes out as; 0 is the plain case. */
  int choice(String label, int n);

  /** Which schedules this is about, as a claim begins: {@code all schedules with ...}. */
  String space();

  /** Whether {@link #begin} has returned false because no schedule of the space is left. */
  boolean exhausted();
}
