package org.iommuref.conformance.process;

/** A child never got as far as a valid {@code hello}: nothing can be judged (exit code 70). */
public final class NoHelloException extends Exception {

  private static final long serialVersionUID = 1L;

  /** One line that names the command and what came instead. */
  NoHelloException(String command, String problem) {
    super("no hello from '" + command + "': " + problem);
  }
}
