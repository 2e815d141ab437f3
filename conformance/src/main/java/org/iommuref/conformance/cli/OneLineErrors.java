package org.iommuref.conformance.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.iommuref.conformance.linux.LinuxCache;
import org.iommuref.conformance.qemu.QemuAbsentException;
import org.iommuref.conformance.scenario.ScenarioException;
import org.iommuref.conformance.target.UnknownTargetException;
import org.iommuref.conformance.trace.TraceException;
import org.iommuref.tla.tlc.TlaException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** What goes wrong in a command, as one line and an exit code. */
final class OneLineErrors implements IExecutionExceptionHandler {

  @Override
  public int handleExecutionException(Exception failure, CommandLine command, ParseResult parsed) {
    if (failure instanceof UserException
        || failure instanceof UnknownTargetException
        || failure instanceof ScenarioException) {
      say(command, String.valueOf(failure.getMessage()));
      return ExitCode.USAGE;
    }
    if (failure instanceof TlaException known) {
      say(command, String.valueOf(known.getMessage()));
      return switch (known.kind()) {
        case UNKNOWN -> ExitCode.USAGE;
        case NO_TLC -> ExitCode.UNVERIFIED;
        case OTHER -> ExitCode.BROKEN;
      };
    }
    if (failure instanceof QemuAbsentException
        || failure instanceof LinuxCache.UnavailableException) {
      say(command, String.valueOf(failure.getMessage()));
      return ExitCode.UNVERIFIED;
    }
    if (failure instanceof TraceException) {
      say(command, String.valueOf(failure.getMessage()));
      return ExitCode.BROKEN;
    }
    if (failure instanceof UncheckedIOException || failure instanceof IOException) {
      say(command, failure.getMessage() + because(failure.getCause()));
      return ExitCode.BROKEN;
    }
    say(command, "the harness is broken: " + failure);
    failure.printStackTrace(command.getErr());
    return ExitCode.BROKEN;
  }

  private static String because(@Nullable Throwable cause) {
    return cause == null ? "" : " (" + cause.getMessage() + ")";
  }

  private static void say(CommandLine command, String line) {
    command.getErr().println("iommuref: " + line);
  }
}
