package org.iommuref.spec.unit.call;

/** A unit does not come to rest, or rests with a request that it has not answered. */
public final class UnrestException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says in one line what goes on, or what is not done. */
  UnrestException(String message) {
    super(message);
  }
}
