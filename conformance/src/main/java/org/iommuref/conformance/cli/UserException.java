package org.iommuref.conformance.cli;

/** Something that the user asked for does not exist or cannot be read; the message is one line. */
final class UserException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  UserException(String message) {
    super(message);
  }
}
