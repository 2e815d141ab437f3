package org.iommuref.conformance.qemu;

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
 * @param program the program of QEMU, or null for that of {@link QemuProgram#VARIABLE}, or else of
 *     the PATH
 * @param options of the processes
 */
public record QemuTargets(@Nullable Path program, ProcessOptions options) {

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
   * The target of that name at a seam, 1 or 2.
   *
   * @throws QemuAbsentException if there is no QEMU that can emulate it
   */
  public Target open(String name, int seam) {
    Machine machine = machine(name);
    return QemuTarget.of(QemuProgram.find(program, machine.program()), machine, options, seam);
  }
}
