package org.iommuref.model.schedule;

/**
 * Decides, schedule after schedule, who goes on and what is chosen.
 *
 * <p>Asked only where there is more than one answer, unless it watches. What is picked at those
 * points of one schedule, in order, is its {@link Schedule}.
 */
public interface Scheduler {

  /** The answer of {@link #turn} that ends the schedule: what can follow has been seen. */
  int NOTHING_NEW = -1;

  /** Begins the next schedule. Returns false if there is none. */
  boolean begin();

  /** The alternative that goes on, or {@link #NOTHING_NEW}. */
  int turn(Turn turn);

  /** Which of the {@code n} cases {@code label} comes out as; 0 is the plain case. */
  int choice(String label, int n);

  /** Which schedules this is about, as a claim begins: {@code all schedules with ...}. */
  String space();

  /** Whether {@link #begin} has returned false because no schedule of the space is left. */
  boolean exhausted();

  /**
   * Whether it is asked also where only one actor can go on, and is told what each move touches.
   */
  default boolean watches() {
    return false;
  }

  /** Hears what the move picked last has touched, if it watches. */
  default void touched(Touched move) {}
}
