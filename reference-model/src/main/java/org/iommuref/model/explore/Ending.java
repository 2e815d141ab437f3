package org.iommuref.model.explore;

import java.util.List;
import java.util.stream.Collectors;

/**
 * How a schedule ended.
 *
 * @param <O> the outcome
 */
public sealed interface Ending<O> {

  /** Whether this is wrong whatever the outcomes that are allowed. */
  default boolean failed() {
    return true;
  }

  /** All threads ended and hardware came to rest. */
  record Finished<O>(O outcome) implements Ending<O> {
    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public String toString() {
      return "outcome " + outcome;
    }
  }

  /** Some threads wait, no other thread and no machine can move. */
  record Deadlock<O>(List<Waiting> waiting) implements Ending<O> {
    /** Copies the list. */
    public Deadlock {
      waiting = List.copyOf(waiting);
    }

    @Override
    public String toString() {
      return waiting.stream()
          .map(Waiting::toString)
          .collect(Collectors.joining("; ", "deadlock: ", ""));
    }
  }

  /**
   * Something threw.
   *
   * @param actor the thread or machine, or {@code set-up} or {@code outcome}
   * @param cause what it threw
   */
  record Thrown<O>(String actor, Throwable cause) implements Ending<O> {
    @Override
    public String toString() {
      return actor + " threw " + cause;
    }
  }

  /**
   * The scenario's check refused a state.
   *
   * @param actor the thread or machine whose move brought it about
   * @param cause what the check threw
   */
  record Violated<O>(String actor, Throwable cause) implements Ending<O> {
    @Override
    public String toString() {
      return "after a move of " + actor + ": " + cause.getMessage();
    }
  }

  /** The scheduler left it, since all that can follow was seen in other schedules. */
  record Repeating<O>() implements Ending<O> {
    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public String toString() {
      return "left where only what was seen can follow";
    }
  }

  /** The limit of moves was reached; not wrong, but nothing is known of what comes after. */
  record CutOff<O>(int moves) implements Ending<O> {
    @Override
    public boolean failed() {
      return false;
    }

    @Override
    public String toString() {
      return "cut off after " + moves + " moves";
    }
  }
}
