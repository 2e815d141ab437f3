package org.iommuref.conformance.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./iommuref}. */
@Command(
    name = "iommuref",
    description =
        "An executable specification of I/O address translation, and its conformance suite.",
    mixinStandardHelpOptions = true,
    subcommands = {ConformCommand.class, MutantsCommand.class},
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(String... arguments) {
    return new CommandLine(new Main())
        .setExecutionExceptionHandler(new OneLineErrors())
        .setParameterExceptionHandler(new UsageErrors())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .execute(arguments);
  }
}
