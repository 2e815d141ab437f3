package org.iommuref.conformance.cli;

import java.io.Console;
import java.io.PrintWriter;
import java.util.function.Function;
import org.iommuref.conformance.suite.Progress;

/** Whether a person watches. */
final class Terminal {

  private Terminal() {}

  /** For each target a line of progress, on a terminal alone. */
  static Function<String, Progress> progressOn(PrintWriter out) {
    return isThere() ? target -> new ProgressLine(out, target) : target -> Progress.NONE;
  }

  @SuppressWarnings("SystemConsoleNull") // null in a pipe on Java 17; newer ones are asked further
  private static boolean isThere() {
    Console console = System.console();
    return console != null && isTerminal(console) && !"dumb".equals(System.getenv("TERM"));
  }

  /**
   * From Java 22 on there is a console in a pipe too, and only its own word tells the two apart.
   */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }
}
