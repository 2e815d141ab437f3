package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.iommuref.conformance.process.ProcessOptions;

/**
 * One command as a user runs it, in this process.
 *
 * @param exitCode how it ended
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record CommandRun(int exitCode, String out, String err) {

  /** Children are granted what the standard options grant. */
  static CommandRun of(String... arguments) {
    return of(ProcessOptions.standard(), arguments);
  }

  /** Children are granted this. */
  static CommandRun of(ProcessOptions processes, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), processes, arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
