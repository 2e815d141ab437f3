package org.iommuref.conformance.target;

/** A name that names no target; the message is one line for the user. */
public final class UnknownTargetException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what there is instead. */
  public UnknownTargetException(String message) {
    super(message);
  }
}
