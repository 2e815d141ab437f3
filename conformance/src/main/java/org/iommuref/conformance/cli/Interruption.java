package org.iommuref.conformance.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.iommuref.conformance.suite.Progress;

/**
 * Ctrl-C: the run ends after the case that it is in, and the process after the report is written.
 */
final class Interruption implements AutoCloseable {

  private static final long MOST_SECONDS = 15;

  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread hook = new Thread(this::ask, "interruption");
  private volatile boolean asked;

  private Interruption() {}

  /** From now on the end of the process waits until {@link #close}, but not for ever. */
  static Interruption awaited() {
    Interruption interruption = new Interruption();
    Runtime.getRuntime().addShutdownHook(interruption.hook);
    return interruption;
  }

  /** The same progress, which goes on until it is interrupted. */
  Progress over(Progress inner) {
    return new Progress() {
      @Override
      public void ran(int done, int total, String what) {
        inner.ran(done, total, what);
      }

      @Override
      public boolean goesOn() {
        return !asked && inner.goesOn();
      }

      @Override
      public void ended() {
        inner.ended();
      }
    };
  }

  /** What is to be written is written. */
  @Override
  public void close() {
    over.countDown();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      asked = true; // the process is ending: the hook finds the latch open
    }
  }

  private void ask() {
    asked = true;
    try {
      over.await(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
