package org.iommuref.conformance.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * On what a command ran.
 *
 * @param host the name of the host, or {@code unknown}
 * @param system name, version and architecture of the operating system
 * @param processors how many this process may use
 * @param java the version of the runtime
 * @param javaHome where it lies
 */
public record Host(String host, String system, int processors, String java, Path javaHome) {

  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** The machine of this process. */
  public static Host here() {
    return new Host(
        hostName(),
        String.join(
            " ",
            System.getProperty("os.name"),
            System.getProperty("os.version"),
            System.getProperty("os.arch")),
        Runtime.getRuntime().availableProcessors(),
        Runtime.version().toString(),
        Path.of(System.getProperty("java.home")));
  }

  /** Read from the system, not from a name service that may be slow or absent. */
  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip();
    } catch (IOException e) {
      String windows = System.getenv("COMPUTERNAME");
      return windows == null ? "unknown" : windows;
    }
  }
}
