package org.iommuref.conformance.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.conformance.linux.LinuxTargets;
import org.iommuref.conformance.process.CommandLine;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.process.ProcessTarget;
import org.iommuref.conformance.qemu.QemuTargets;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.jspecify.annotations.Nullable;

/**
 * Opens what {@code --target} names: a target of the class path, an emulator, a Linux, or a
 * command.
 */
final class TargetNames {

  private final Targets targets;
  private final ProcessOptions options;
  private final @Nullable Path qemu;
  private final QemuTargets emulators;
  private final LinuxTargets kernels;
  private final int seam;
  private final Map<String, Target> started = new HashMap<>();

  private TargetNames(Targets targets, ProcessOptions options, @Nullable Path qemu, int seam) {
    this.seam = seam;
    this.targets = targets;
    this.options = options;
    this.qemu = qemu;
    this.emulators = new QemuTargets(qemu, options);
    this.kernels = new LinuxTargets(Path.of(System.getProperty("iommuref.home", "")), qemu);
  }

  /** The targets of the class path, and commands whose messages are validated if asked for. */
  static TargetNames onClassPath(boolean validate) {
    ProcessOptions options = ProcessOptions.standard();
    return onClassPath(validate ? options.validating() : options);
  }

  /** The targets of the class path, and commands whose children are granted this. */
  static TargetNames onClassPath(ProcessOptions options) {
    return new TargetNames(Targets.onClassPath(), options, null, SuiteRunner.SEAM);
  }

  /** The same with that program of QEMU, or with the one that is found if it is null. */
  TargetNames withQemu(@Nullable Path program) {
    return new TargetNames(targets, options, program, seam);
  }

  /** The same for the suite at another seam. */
  TargetNames at(int otherSeam) {
    return new TargetNames(targets, options, qemu, otherSeam);
  }

  /** The names of ours that the suite judges if none is named. */
  List<String> architectures() {
    return targets.names(seam);
  }

  /**
   * Requires that the name can be opened, before anything is run.
   *
   * @throws org.iommuref.conformance.target.UnknownTargetException if there is no such target
   * @throws UserException if the command cannot be split into words
   * @throws org.iommuref.conformance.qemu.QemuAbsentException if there is no such emulator here
   * @throws org.iommuref.conformance.linux.LinuxCache.UnavailableException if Linux cannot be built
   */
  void require(String name) {
    if (!hasSuite(name)) {
      throw new UserException("--target " + name + " has no suite at seam " + seam);
    }
    if (isMachine(name)) {
      started.computeIfAbsent(name, this::machine);
      return;
    }
    if (!isCommand(name)) {
      targets.named(name, seam).close();
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
    if (isMachine(name)) {
      Target required = started.remove(name);
      return required == null ? machine(name) : required;
    }
    return isCommand(name)
        ? ProcessTarget.start(commandOf(name), seam, options)
        : targets.named(name, seam);
  }

  private Target machine(String name) {
    return LinuxTargets.isNameOf(name) ? kernels.open(name) : emulators.open(name, seam);
  }

  private static boolean isMachine(String name) {
    return QemuTargets.isNameOf(name) || LinuxTargets.isNameOf(name);
  }

  private boolean hasSuite(String name) {
    if (LinuxTargets.isNameOf(name)) {
      return seam == Layer.IOMMUFD.seam();
    }
    return !QemuTargets.isNameOf(name) || seam != Layer.IOMMUFD.seam();
  }

  private static boolean isCommand(String name) {
    return name.startsWith(ProcessTarget.PREFIX);
  }

  private static String commandOf(String name) {
    return name.substring(ProcessTarget.PREFIX.length());
  }
}
