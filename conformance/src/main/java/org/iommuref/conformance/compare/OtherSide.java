package org.iommuref.conformance.compare;

import java.io.IOException;
import java.util.List;

/** What the model is compared with. */
interface OtherSide extends AutoCloseable {

  /**
   * Makes calls in a new process, which then ends, and returns their answers: as many as calls, or
   * fewer and the reason if the process was killed.
   *
   * @throws DiedException if the side has died, and another must be started
   */
  List<String> make(List<SystemCall> calls) throws IOException;

  @Override
  void close();

  /** A kernel has died in the middle of a batch. */
  final class DiedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** It had answered so many calls. */
    DiedException(int answers) {
      super("the kernel died after " + answers + " answers");
    }
  }
}
