package org.iommuref.conformance.cli;

import java.util.List;
import org.iommuref.conformance.process.CommandLine;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.process.ProcessTarget;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;

/** Opens what {@code --target} names: a target of the class path, or a command. */
final class TargetNames {

  private final Targets targets;
  private final ProcessOptions options;

  private TargetNames(Targets targets, ProcessOptions options) {
    this.targets = targets;
    this.options = options;
  }

  /** The targets of the class path, and commands whose messages are validated if asked for. */
  static TargetNames onClassPath(boolean validate) {
    ProcessOptions options = ProcessOptions.standard();
    return new TargetNames(Targets.onClassPath(), validate ? options.validating() : options);
  }

  /** The names of our architectures. */
  List<String> architectures() {
    return targets.names();
  }

  /**
   * Requires that the name can be opened, before anything is run.
   *
   * @throws org.iommuref.conformance.target.UnknownTargetException if there is no such target
   * @throws UserException if the command cannot be split into words
   */
  void require(String name) {
    if (!isCommand(name)) {
      targets.named(name).close();
      return;
    }
    try {
      CommandLine.split(commandOf(name));
    } catch (IllegalArgumentException e) {
      throw new UserException("--target " + name + ": " + e.getMessage());
    }
  }

  /**
   * Opens the target.
   *
   * @throws NoHelloException if a command does not introduce itself
   */
  Target open(String name) throws NoHelloException {
    return isCommand(name) ? ProcessTarget.start(commandOf(name), options) : targets.named(name);
  }

  private static boolean isCommand(String name) {
    return name.startsWith(ProcessTarget.PREFIX);
  }

  private static String commandOf(String name) {
    return name.substring(ProcessTarget.PREFIX.length());
  }
}
