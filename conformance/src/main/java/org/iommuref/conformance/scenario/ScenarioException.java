package org.iommuref.conformance.scenario;

/**
 * A scenario cannot be read or run; the message is one line, {@code scenarios/x.yaml:12: ...} where
 * a line of a file is at fault.
 */
public final class ScenarioException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  ScenarioException(String message) {
    super(message);
  }

  ScenarioException(String message, Throwable cause) {
    super(message, cause);
  }

  /** What is wrong at a line of a file. */
  static ScenarioException at(String file, int line, String problem) {
    return new ScenarioException(file + ":" + line + ": " + problem);
  }
}
