package org.iommuref.conformance.linux;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.iommuref.spec.iommufd.IommufdKernel;
import org.iommuref.spec.iommufd.Processes;

/** The kernel's self-test of iommufd, unmodified, with an implementation in this process. */
public final class SelfTest {

  /** What fault injection offers in debugfs, and the self-test sets: it needs no answer. */
  private static final List<String> KNOBS =
      List.of("failslab/ignore-gfp-wait", "failslab/verbose", "fail_iommufd/verbose");

  private final LinuxCache cache;
  private final Function<Processes, IommufdKernel> kernel;
  private final Consumer<String> log;

  /** A program of the self-test. */
  public enum Program {
    /** All cases but those that inject failures. */
    IOMMUFD("iommufd"),
    /** The cases that let each allocation fail once. */
    FAIL_NTH("iommufd_fail_nth");

    private final String file;

    Program(String file) {
      this.file = file;
    }

    /** Its name among the programs that are built. */
    public String file() {
      return file;
    }
  }

  /**
   * What came of a run.
   *
   * @param verdicts of the cases that ended
   * @param exceptions what the implementation threw
   * @param inTime whether the program ended before the deadline
   */
  public record Outcome(TestVerdicts verdicts, List<String> exceptions, boolean inTime) {}

  /**
   * Over an implementation.
   *
   * @param log gets every message between program and implementation
   */
  public SelfTest(
      LinuxCache cache, Function<Processes, IommufdKernel> kernel, Consumer<String> log) {
    this.cache = cache;
    this.kernel = kernel;
    this.log = log;
  }

  /** Runs cases of a program; all of them if none is named. */
  public Outcome run(Program program, List<String> cases, Duration deadline)
      throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("iommuref");
    try (ProgramServer server = new ProgramServer(folder.resolve("socket"), kernel, log)) {
      Thread serving = new Thread(() -> serve(server), "iommufd");
      serving.setDaemon(true);
      serving.start();
      File output = folder.resolve("output").toFile();
      Process process = builder(program, cases, folder).redirectOutput(output).start();
      boolean inTime = process.waitFor(deadline.toMillis(), TimeUnit.MILLISECONDS);
      killTree(process);
      server.stop();
      serving.join(TimeUnit.SECONDS.toMillis(10));
      List<String> lines = Files.readAllLines(output.toPath(), StandardCharsets.UTF_8);
      lines.forEach(log);
      List<TestVerdicts> verdicts = TestVerdicts.read(lines);
      return new Outcome(
          verdicts.isEmpty() ? new TestVerdicts(Map.of(), "") : verdicts.get(0),
          server.exceptions(),
          inTime);
    } finally {
      delete(folder);
    }
  }

  private ProcessBuilder builder(Program program, List<String> cases, Path folder)
      throws IOException {
    Path debugfs = folder.resolve("debug");
    for (String knob : KNOBS) {
      Files.createDirectories(debugfs.resolve(knob).getParent());
      Files.createFile(debugfs.resolve(knob));
    }
    List<String> command = new ArrayList<>(List.of(cache.dynamic(program).toString()));
    cases.forEach(name -> command.addAll(List.of("-r", name)));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("LD_PRELOAD", cache.shim().toString());
    builder.environment().put("IOMMUREF_SOCKET", folder.resolve("socket").toString());
    builder.environment().put("IOMMUREF_DEBUGFS", debugfs.toString());
    return builder;
  }

  private static void serve(ProgramServer server) {
    try {
      server.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void killTree(Process process) throws InterruptedException {
    try (Stream<ProcessHandle> descendants = process.descendants()) {
      descendants.toList().forEach(ProcessHandle::destroyForcibly);
    }
    process.destroyForcibly().waitFor();
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> inside = Files.walk(folder)) {
      for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
