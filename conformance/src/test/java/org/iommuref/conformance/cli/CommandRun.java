package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * One command as a user runs it, in this process.
 *
 * @param exitCode how it ended
 * @param out what it wrote to stdout
 * @param err what it wrote to stderr
 */
record CommandRun(int exitCode, String out, String err) {

  static CommandRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new CommandRun(exitCode, out.toString(), err.toString());
  }
}
