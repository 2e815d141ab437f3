package org.iommuref.conformance.program;

import java.io.IOException;
import java.util.List;

/**
 * A program that runs, and makes the calls that it is given.
 *
 * <p>Each call has one answer, the same on every machine if they agree: what it returned in decimal
 * digits, or the negative errno, or the bytes that were asked for; {@code killed} and the number of
 * a signal if the process was killed in it, {@code gone} if the process had ended before.
 */
public interface Program extends AutoCloseable {

  /**
   * Makes one call.
   *
   * @throws MachineDiedException if there is no answer
   */
  default String make(SystemCall call) throws IOException {
    return make(List.of(call)).get(0);
  }

  /**
   * Makes calls, of which none waits for an answer to one before it to be looked at.
   *
   * @throws MachineDiedException if not all are answered
   */
  List<String> make(List<SystemCall> calls) throws IOException;

  /** Ends every process of the program. */
  @Override
  void close() throws IOException;
}
