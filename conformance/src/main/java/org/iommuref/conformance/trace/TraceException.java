package org.iommuref.conformance.trace;

/** Trace validation cannot be made; the message is one line. */
public final class TraceException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  TraceException(String message) {
    super(message);
  }

  TraceException(String message, Throwable cause) {
    super(message, cause);
  }
}
