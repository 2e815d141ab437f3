package org.iommuref.conformance.qemu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.UnknownTargetException;
import org.jspecify.annotations.Nullable;

/**
 * The targets {@code qemu:<iommu>}, and {@code qemu:<iommu>,<option>=<value>} with options of the
 * emulated device.
 *
 * @param program the program of QEMU, or null for that of {@link #VARIABLE}, or else of the PATH
 * @param options of the processes
 */
public record QemuTargets(@Nullable Path program, ProcessOptions options) {

  /** The environment variable that names a program of QEMU. */
  public static final String VARIABLE = "IOMMUREF_QEMU";

  private static final String INTEL = "intel-iommu";

  /** Whether the name is that of such a target. */
  public static boolean isNameOf(String name) {
    return name.startsWith(QemuTarget.PREFIX);
  }

  /** The names of the targets, without options. */
  public static List<String> names() {
    return List.of(QemuTarget.PREFIX + INTEL);
  }

  /**
   * The machine that a name means.
   *
   * @throws UnknownTargetException if there is none
   */
  static Machine machine(String name) {
    String device = name.substring(QemuTarget.PREFIX.length());
    int comma = device.indexOf(',');
    String kind = comma < 0 ? device : device.substring(0, comma);
    if (!kind.equals(INTEL)) {
      throw new UnknownTargetException(
          "unknown target '" + name + "'; of QEMU there is " + String.join(", ", names()));
    }
    return new IntelIommu(comma < 0 ? "" : device.substring(comma));
  }

  /**
   * Requires that the name is one of a target.
   *
   * @throws UnknownTargetException if it is not
   */
  public void require(String name) {
    machine(name);
  }

  /**
   * The target of that name.
   *
   * @throws QemuAbsentException if there is no QEMU that can emulate it
   */
  public Target open(String name) {
    Machine machine = machine(name);
    return QemuTarget.of(find(machine.program()), machine, options);
  }

  private Path find(String wanted) {
    if (program != null) {
      return program;
    }
    String named = System.getenv(VARIABLE);
    if (named != null && !named.isEmpty()) {
      return Path.of(named);
    }
    for (String folder : System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1)) {
      Path found = Path.of(folder.isEmpty() ? "." : folder, wanted);
      if (Files.isExecutable(found)) {
        return found;
      }
    }
    throw new QemuAbsentException(
        "no "
            + wanted
            + " found; install QEMU, or name one with --qemu PATH or "
            + VARIABLE
            + " (see conformance/qemu/README.md)");
  }
}
