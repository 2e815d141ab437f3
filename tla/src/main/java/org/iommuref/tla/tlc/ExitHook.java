package org.iommuref.tla.tlc;

/** What is done if the JVM ends, as by an interrupt from the keyboard, before it is cancelled. */
final class ExitHook {

  private final Thread thread;

  private ExitHook(Thread thread) {
    this.thread = thread;
  }

  static ExitHook of(Runnable action) {
    Thread thread = new Thread(action, "iommuref-tla-exit");
    Runtime.getRuntime().addShutdownHook(thread);
    return new ExitHook(thread);
  }

  void cancel() {
    try {
      Runtime.getRuntime().removeShutdownHook(thread);
    } catch (IllegalStateException e) {
      return; // the JVM is ending: the hook runs, which is what it is for
    }
  }
}
