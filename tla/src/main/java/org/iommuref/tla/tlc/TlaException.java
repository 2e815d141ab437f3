package org.iommuref.tla.tlc;

/** A model, its manifest, a trace or TLC itself cannot be used; the message is one line. */
public final class TlaException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Whose doing it is. */
  public enum Kind {
    /** Something was asked for that there is not; the message lists what there is. */
    UNKNOWN,
    /** TLC, or a JVM for it, is not there or cannot be started. */
    NO_TLC,
    /** Anything else: a file, the disk, a model that is no model. */
    OTHER
  }

  private final Kind kind;

  /** Says what cannot be used, and why. */
  public TlaException(String message) {
    this(Kind.OTHER, message);
  }

  /** Says what cannot be used, and whose doing it is. */
  public TlaException(Kind kind, String message) {
    super(message);
    this.kind = kind;
  }

  /** Says what cannot be used, and keeps what was thrown below. */
  public TlaException(String message, Throwable cause) {
    this(Kind.OTHER, message, cause);
  }

  /** Says what cannot be used and whose doing it is, and keeps what was thrown below. */
  public TlaException(Kind kind, String message, Throwable cause) {
    super(message, cause);
    this.kind = kind;
  }

  /** Whose doing it is. */
  public Kind kind() {
    return kind;
  }
}
