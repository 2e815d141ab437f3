package org.iommuref.spec.access;

/** What the device sees of its access. */
public sealed interface AccessOutcome {

  /**
   * The access took effect.
   *
   * @param data the 8 bytes read, or the bytes before an atomic; 0 for a write
   */
  record Completed(long data) implements AccessOutcome {}

  /** The access was refused: a read was answered with an error, a write had no effect. */
  record Blocked() implements AccessOutcome {
    private static final Blocked INSTANCE = new Blocked();
  }

  /** The access took effect. */
  static AccessOutcome completed(long data) {
    return new Completed(data);
  }

  /** The access was refused. */
  static AccessOutcome blocked() {
    return Blocked.INSTANCE;
  }
}
