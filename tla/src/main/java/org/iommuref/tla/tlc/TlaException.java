package org.iommuref.tla.tlc;

/** A model, its manifest, a trace or TLC itself cannot be used; the message is one line. */
public final class TlaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what cannot be used, and why. */
  public TlaException(String message) {
    super(message);
  }

  /** Says what cannot be used, and keeps what was thrown below. */
  public TlaException(String message, Throwable cause) {
    super(message, cause);
  }
}
