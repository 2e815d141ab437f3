package org.iommuref.conformance.compare;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A small Linux under QEMU, with an agent as its first process that makes batches of calls.
 *
 * <p>The agent speaks over the second serial line; the kernel's own messages go to a file.
 */
public final class LinuxMachine implements OtherSide {

  private final Process qemu;
  private final OutputStream in;
  private final BufferedReader out;

  private LinuxMachine(Process qemu) {
    this.qemu = qemu;
    this.in = qemu.getOutputStream();
    this.out =
        new BufferedReader(new InputStreamReader(qemu.getInputStream(), StandardCharsets.US_ASCII));
  }

  /**
   * Starts a machine and waits for its agent.
   *
   * @param image a kernel with iommufd and its test interface
   * @param initrd with the agent
   * @param messages gets what the kernel says
   * @throws IOException if QEMU cannot be started, or ends before the agent is there
   */
  public static LinuxMachine start(String qemu, Path image, Path initrd, Path messages)
      throws IOException {
    List<String> command =
        List.of(
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
            "console=ttyS0 quiet panic=-1 oops=panic");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    LinuxMachine machine = new LinuxMachine(process);
    String ready = machine.out.readLine();
    if (!"ready".equals(ready)) {
      machine.close();
      throw new IOException("the kernel " + image + " did not start its agent; see " + messages);
    }
    return machine;
  }

  @Override
  public List<String> make(List<SystemCall> calls) throws IOException {
    StringBuilder batch = new StringBuilder();
    calls.forEach(call -> batch.append(call.line()).append('\n'));
    in.write(batch.append(".\n").toString().getBytes(StandardCharsets.US_ASCII));
    in.flush();
    List<String> answers = new ArrayList<>();
    for (String line = next(answers); !line.startsWith("."); line = next(answers)) {
      answers.add(line);
    }
    if (answers.size() < calls.size()) {
      answers.add("the process was killed");
    }
    return answers;
  }

  @Override
  public void close() {
    qemu.destroyForcibly();
  }

  private String next(List<String> answers) throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new DiedException(answers.size());
    }
    return line.strip();
  }
}
