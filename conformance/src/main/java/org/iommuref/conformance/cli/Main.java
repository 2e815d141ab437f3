package org.iommuref.conformance.cli;

import java.io.PrintWriter;
import org.iommuref.conformance.process.ProcessOptions;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The commands of {@code ./iommuref}. */
@Command(
    name = "iommuref",
    description =
        "An executable specification of I/O address translation, and its conformance suite.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ConformCommand.class,
      BenchCommand.class,
      CheckCommand.class,
      CompareCommand.class,
      DoctorCommand.class,
      ExplainCommand.class,
      ExploreCommand.class,
      ListCommand.class,
      MutantsCommand.class,
      ReplayCommand.class,
      SelftestCommand.class
    },
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  /** Runs one command and ends the process with its exit code. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /** Runs one command and returns its exit code. */
  static int run(String... arguments) {
    return commandLine(ProcessOptions.standard()).execute(arguments);
  }

  /** Runs one command that writes to these, and returns its exit code. */
  static int run(PrintWriter out, PrintWriter err, ProcessOptions processes, String... arguments) {
    return commandLine(processes).setOut(out).setErr(err).execute(arguments);
  }

  private static CommandLine commandLine(ProcessOptions processes) {
    CommandLine commands = new CommandLine(new Main(), new CommandFactory(processes));
    commands.getCommandSpec().versionProvider(new Version());
    commands
        .getSubcommands()
        .values()
        .forEach(command -> command.getCommandSpec().versionProvider(new Version()));
    return commands
        .setExecutionExceptionHandler(new OneLineErrors())
        .setParameterExceptionHandler(new UsageErrors())
        .setCaseInsensitiveEnumValuesAllowed(true);
  }
}
