package org.iommuref.conformance.linux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What {@code conformance/linux/build} has fetched and built on this machine. */
public final class LinuxCache {

  private final Path folder;

  private LinuxCache(Path folder) {
    this.folder = folder;
  }

  /**
   * Builds what is missing of some parts; what the scripts say goes to stderr.
   *
   * @param home the root of the project
   * @throws UnavailableException if a script says that a tool is absent or a step failed
   */
  public static LinuxCache with(Path home, List<String> parts)
      throws IOException, InterruptedException {
    Path scripts = home.resolve("conformance").resolve("linux");
    List<String> build = new ArrayList<>(List.of(scripts.resolve("build").toString()));
    build.addAll(parts);
    Process building = new ProcessBuilder(build).inheritIO().start();
    if (building.waitFor() != 0) {
      throw new UnavailableException("Linux is not there to compare with; see the lines above");
    }
    Process asking =
        new ProcessBuilder("bash", "-c", ". \"$0\"; printf %s \"$cache\"", scripts + "/cache.sh")
            .start();
    byte[] said = asking.getInputStream().readAllBytes();
    return new LinuxCache(Path.of(new String(said, StandardCharsets.UTF_8)));
  }

  /** A program of the self-test that takes a preloaded library. */
  Path dynamic(SelfTest.Program program) {
    return folder.resolve("dynamic").resolve(program.file());
  }

  /** The preloaded library. */
  Path shim() {
    return folder.resolve("shim.so");
  }

  /** The kernel. */
  public Path kernel() {
    return folder.resolve("bzImage");
  }

  /** The initrd whose first process makes the calls that it is told. */
  public Path agent() {
    return folder.resolve("agent.gz");
  }

  /** Where the messages of a kernel go. */
  public Path messages() {
    return folder.resolve("kernel.log");
  }

  /** What a program of the self-test says on Linux, where they run one after the other. */
  public TestVerdicts onLinux(SelfTest.Program program) throws IOException {
    return TestVerdicts.read(Files.readAllLines(folder.resolve("selftest-on-linux.tap")))
        .get(List.of(SelfTest.Program.values()).indexOf(program));
  }

  /** A tool is absent, or what is needed could not be built. */
  public static final class UnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnavailableException(String message) {
      super(message);
    }
  }
}
