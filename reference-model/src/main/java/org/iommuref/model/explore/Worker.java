package org.iommuref.model.explore;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A real thread that runs only while it has the permit, of which there is one.
 *
 * <p>Everything written before the permit is given is seen by who takes it.
 */
final class Worker {

  private final Spinning spinning;
  private @Nullable Thread thread;
  private @Nullable Runnable task;
  private volatile boolean permitted;
  private volatile boolean parked;

  /** A worker that spins as long before it parks as that pays. */
  Worker(Spinning spinning) {
    this.spinning = spinning;
  }

  void runsOn(Thread self) {
    this.thread = self;
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /** Gives the permit, and something to do to a worker that is idle. */
  void permit(@Nullable Runnable next) {
    if (next != null) {
      task = next;
    }
    permitted = true;
    if (parked) {
      LockSupport.unpark(thread);
    }
  }

  /** Waits for the permit. Returns whether the thread was interrupted meanwhile. */
  boolean await() {
    int most = spinning.most();
    for (int spin = 0; spin < most; spin++) {
      if (permitted) {
        permitted = false;
        spinning.paid();
        return false;
      }
      Thread.onSpinWait();
    }
    spinning.failed();
    boolean interrupted = false;
    parked = true;
    while (!permitted) {
      LockSupport.park(this);
      interrupted |= Thread.interrupted();
    }
    parked = false;
    permitted = false;
    return interrupted;
  }

  /** What came with the permit, or null. */
  @Nullable Runnable takeTask() {
    Runnable taken = task;
    task = null;
    return taken;
  }
}
