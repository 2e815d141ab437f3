package org.iommuref.spec.step;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The only path of software to shared state.
 *
 * <p>A scheduler implements it: {@code Sequential} runs each step at once, an exploring one stops
 * before each step and decides who goes next. A mutant turns a step into a list of steps before it
 * is performed.
 */
public interface Steps {

  /** Performs the step. */
  <S extends Step> void perform(S step, Consumer<? super S> body);

  /** Performs the step and returns what it yields. */
  <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body);

  /**
   * Waits until the condition holds, while hardware and other threads go on.
   *
   * @throws HangException if nothing that can still happen makes it hold
   */
  void waitFor(Step step, BooleanSupplier condition);

  /** Takes the lock for itself alone; other threads that want it wait. */
  void lock(StepLock lock);

  /** Gives back a lock taken by {@link #lock}. */
  void unlock(StepLock lock);

  /**
   * Takes the lock for reading, together with others that read.
   *
   * <p>While the lock is held for reading, a thread that has begun to wait in {@link #lock} keeps
   * new readers out, as in the rw_semaphore of Linux: so who takes it for reading a second time may
   * wait for ever.
   */
  void lockShared(StepLock lock);

  /** Gives back a lock taken by {@link #lockShared}. */
  void unlockShared(StepLock lock);

  /**
   * Returns when all that the thread has written is in memory: a barrier between what was written
   * and what is written next, or told to a device.
   *
   * <p>It matters only to a scheduler that has store buffers; to others it is nothing, and no event
   * of their trace.
   */
  default void fence(Step step) {}

  /**
   * Decides what is not determined (which live entry is used, eviction, prefetch, allocation
   * failure).
   *
   * @return a number from 0 to {@code n - 1}; 0 is the plain case
   */
  int choose(String label, int n);

  /** Reports a change that hardware made by itself; part of the trace. */
  void report(Step event);

  /** Whether anybody hears of what is reported: what would be reported often can be left out. */
  default boolean isHeard() {
    return true;
  }

  /** Adds hardware that goes on by itself while software waits or is preempted. */
  void connect(Hardware hardware);
}
