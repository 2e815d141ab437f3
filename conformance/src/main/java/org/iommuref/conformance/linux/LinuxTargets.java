package org.iommuref.conformance.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.iommuref.conformance.program.LinuxMachine;
import org.iommuref.conformance.program.RestartedMachine;
import org.iommuref.conformance.qemu.QemuProgram;
import org.iommuref.conformance.target.IommufdTarget;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.UnknownTargetException;
import org.iommuref.model.iommufd.ModelProvider;
import org.iommuref.spec.backend.HwInfo;
import org.jspecify.annotations.Nullable;

/**
 * The targets {@code linux}, built from Debian's source, and {@code linux:<image>} with another
 * kernel that has iommufd and its test interface.
 *
 * <p>One machine serves all sessions; each has processes of its own, and a kernel that dies costs
 * the session in which it does. It claims what {@code mock} claims, which is a model of its driver.
 *
 * @param home the root of the project
 * @param qemu the program of QEMU, or null for the one that is found
 */
public record LinuxTargets(Path home, @Nullable Path qemu) {

  /** The name of the one that is built here. */
  public static final String NAME = "linux";

  /** What stands before the image of another. */
  public static final String PREFIX = NAME + ":";

  /** One line that says what it is. */
  public static final String TITLE =
      "iommufd of a real Linux under QEMU, over its mock driver; linux:<image> is another kernel";

  private static final String PROGRAM = "qemu-system-x86_64";

  /** Whether the name is that of such a target. */
  public static boolean isNameOf(String name) {
    return name.equals(NAME) || name.startsWith(PREFIX);
  }

  /** What each of them claims. */
  public static HwInfo claims() {
    return ModelProvider.mock().hwInfo();
  }

  /**
   * Requires that the image of a name is there.
   *
   * @throws UnknownTargetException if it is not
   */
  public static void require(String name) {
    if (!name.equals(NAME) && !Files.isReadable(imageOf(name))) {
      throw new UnknownTargetException("--target " + name + ": no such kernel image");
    }
  }

  private static Path imageOf(String name) {
    return Path.of(name.substring(PREFIX.length()));
  }

  /**
   * The target of that name, switched on; what is missing of it is built first.
   *
   * @throws UnknownTargetException if there is no such image
   * @throws org.iommuref.conformance.qemu.QemuAbsentException if there is no QEMU
   * @throws LinuxCache.UnavailableException if it cannot be built
   * @throws UncheckedIOException if the kernel does not start
   */
  public Target open(String name) {
    Booting booting = booting(name);
    try {
      LinuxMachine running = booting.on();
      return IommufdTarget.on(
          new RestartedMachine(running, booting::on),
          name,
          "Linux " + running.release() + " under QEMU, iommufd over its mock driver",
          claims());
    } catch (IOException e) {
      throw new UncheckedIOException("--target " + name + " does not start", e);
    }
  }

  /** The machine of that name, still off; fails as {@link #open} does. */
  public RestartedMachine machine(String name) {
    return new RestartedMachine(booting(name)::on);
  }

  private record Booting(String program, Path image, LinuxCache cache) {
    LinuxMachine on() throws IOException {
      return LinuxMachine.start(program, image, cache.agent(), cache.messages());
    }
  }

  private Booting booting(String name) {
    require(name);
    Path program = QemuProgram.find(qemu, PROGRAM);
    boolean ours = name.equals(NAME);
    try {
      LinuxCache cache =
          LinuxCache.with(home, ours ? List.of("kernel", "agent") : List.of("agent"));
      Path image = ours ? cache.kernel() : imageOf(name);
      return new Booting(program.toString(), image, cache);
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while Linux was built", e);
    }
  }
}
