package org.iommuref.model.explore;

import java.util.List;

/**
 * A scenario at the point where its race begins; good for one schedule.
 *
 * @param <O> the outcome
 */
public interface Prepared<O> {

  /** The software threads, in the order in which a sequential run would run them. */
  List<SoftwareThread> threads();

  /** What came out, asked once when all threads have ended and hardware is at rest. */
  O outcome();

  /**
   * Throws if the state is one that must never be; asked after every move. It may look at shared
   * state, but not change it.
   */
  default void check() {}

  /**
   * Whether hardware has nothing more to do that matters, asked when all threads have ended; by
   * default it goes on until no machine can move. It may look at shared state, but not change it,
   * and what machines would still do once it holds must not change the outcome.
   */
  default boolean settled() {
    return false;
  }
}
