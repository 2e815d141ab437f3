package org.iommuref.conformance.program;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A small Linux under QEMU, with an agent as its first process that has calls made.
 *
 * <p>The agent speaks over the second serial line; the kernel's own messages go to a file. A call
 * that takes 30 seconds ends the machine, and so does a kernel that is silent for a minute.
 */
public final class LinuxMachine implements Machine {

  /** On a busy host now and then a kernel finds no timer and gives up. */
  private static final int MOST_ATTEMPTS = 3;

  private static final String READY = "ready ";
  private static final long PATIENCE_IN_SECONDS = 60;

  /** As in "WARNING: FILE:LINE at ADDRESS, CPU#0: NAME/PID", up to what differs from run to run. */
  private static final List<Pattern> COMPLAINTS =
      List.of(
          Pattern.compile("(?:WARNING|BUG|kernel BUG|Oops)\\b.*?(?= at |[+,\\r\\n])"),
          Pattern.compile("Kernel panic.*?(?=[\\r\\n])"));

  private final ScheduledExecutorService watch =
      Executors.newSingleThreadScheduledExecutor(LinuxMachine::watcher);
  private final Process qemu;
  private final OutputStream in;
  private final BufferedReader out;
  private final Thread atExit;

  private final Path messages;
  private String release = "";

  private LinuxMachine(Process qemu, Path messages) {
    this.qemu = qemu;
    this.messages = messages;
    this.in = qemu.getOutputStream();
    this.out =
        new BufferedReader(new InputStreamReader(qemu.getInputStream(), StandardCharsets.US_ASCII));
    this.atExit = new Thread(qemu::destroyForcibly, "end of Linux");
  }

  /**
   * Starts a machine and waits for its agent.
   *
   * @param image a kernel with iommufd and its test interface
   * @param initrd with the agent
   * @param messages gets what the kernel says
   * @throws IOException if QEMU cannot be started, or ends before the agent is there, again and
   *     again
   */
  public static LinuxMachine start(String qemu, Path image, Path initrd, Path messages)
      throws IOException {
    List<String> command = command(qemu, image, initrd, messages);
    for (int attempt = 1; ; attempt++) {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      LinuxMachine machine = new LinuxMachine(process, messages);
      machine.endsWithThisProcess();
      String ready = machine.line();
      if (ready != null && ready.startsWith(READY)) {
        machine.release = ready.strip().substring(READY.length());
        return machine;
      }
      machine.close();
      if (attempt == MOST_ATTEMPTS) {
        throw new IOException("the kernel " + image + " did not start its agent; see " + messages);
      }
    }
  }

  private static List<String> command(String qemu, Path image, Path initrd, Path messages) {
    return List.of(
        qemu,
        "-accel",
        "tcg",
        "-cpu",
        "max",
        "-smp",
        "1",
        "-m",
        "512",
        "-machine",
        "q35",
        "-nodefaults",
        "-display",
        "none",
        "-serial",
        "file:" + messages,
        "-serial",
        "stdio",
        "-no-reboot",
        "-kernel",
        image.toString(),
        "-initrd",
        initrd.toString(),
        "-append",
        "console=ttyS0 quiet no_timer_check panic=-1 oops=panic panic_on_warn=1"
            + " panic_console_replay=1");
  }

  /** The release of the kernel, as {@code uname -r} says it. */
  public String release() {
    return release;
  }

  @Override
  public Program start() {
    return new OnLinux();
  }

  @Override
  public void close() {
    watch.shutdownNow();
    qemu.destroyForcibly();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException ending) {
      // The hook runs already, and has nothing left to end.
    }
  }

  /** QEMU outlives whoever started it; a run that is interrupted must not leave one behind. */
  private void endsWithThisProcess() throws IOException {
    try {
      Runtime.getRuntime().addShutdownHook(atExit);
    } catch (IllegalStateException e) {
      qemu.destroyForcibly();
      throw new IOException("this process is ending", e);
    }
  }

  /** What the kernel said of its end, in one line: where it warned if it did; perhaps nothing. */
  private String lastWords() throws IOException {
    try {
      qemu.waitFor(PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    String said = Files.readString(messages, StandardCharsets.ISO_8859_1);
    return COMPLAINTS.stream()
        .map(complaint -> complaint.matcher(said))
        .filter(Matcher::find)
        .map(Matcher::group)
        .findFirst()
        .orElse("");
  }

  private static Thread watcher(Runnable watching) {
    Thread thread = new Thread(watching, "watch over Linux");
    thread.setDaemon(true);
    return thread;
  }

  /** A line, or null if the machine has ended by itself or for its silence. */
  private @Nullable String line() throws IOException {
    Future<?> end = watch.schedule(qemu::destroyForcibly, PATIENCE_IN_SECONDS, TimeUnit.SECONDS);
    try {
      return out.readLine();
    } finally {
      end.cancel(false);
    }
  }

  /** The program that runs now; the machine starts it at its first call. */
  private final class OnLinux implements Program {

    @Override
    public List<String> make(List<SystemCall> calls) throws IOException {
      StringBuilder lines = new StringBuilder();
      calls.forEach(call -> lines.append(call.line()).append('\n'));
      return exchange(lines, calls.size());
    }

    @Override
    public void close() throws IOException {
      exchange(new StringBuilder(".\n"), 1);
    }
  }

  private List<String> exchange(StringBuilder lines, int answers) throws IOException {
    List<String> said = new ArrayList<>();
    try {
      in.write(lines.toString().getBytes(StandardCharsets.US_ASCII));
      in.flush();
    } catch (IOException e) {
      throw new MachineDiedException(said, lastWords());
    }
    while (said.size() < answers) {
      String line = line();
      if (line == null) {
        throw new MachineDiedException(said, lastWords());
      }
      said.add(line.strip());
    }
    return said;
  }
}
