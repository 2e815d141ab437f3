package org.iommuref.conformance.report;

/** A file of the user is not what it should be; the message is one line. */
public final class MalformedFileException extends Exception {

  private static final long serialVersionUID = 1L;

  MalformedFileException(String message) {
    super(message);
  }
}
