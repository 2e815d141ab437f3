package org.iommuref.conformance.qemu;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Finds a program of QEMU on this machine. */
public final class QemuProgram {

  /** The environment variable that names a program of QEMU. */
  public static final String VARIABLE = "IOMMUREF_QEMU";

  private QemuProgram() {}

  /**
   * The one that is named, or that of {@link #VARIABLE}, or else of the PATH.
   *
   * @param named the answer, unless it is null
   * @param wanted as {@code qemu-system-x86_64}
   * @throws QemuAbsentException if there is none
   */
  public static Path find(@Nullable Path named, String wanted) {
    if (named != null) {
      return named;
    }
    String variable = System.getenv(VARIABLE);
    if (variable != null && !variable.isEmpty()) {
      return Path.of(variable);
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
