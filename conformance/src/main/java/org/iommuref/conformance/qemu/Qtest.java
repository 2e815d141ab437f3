package org.iommuref.conformance.qemu;

import java.util.Base64;
import java.util.List;
import java.util.OptionalInt;
import org.iommuref.conformance.process.ChildProcess;
import org.iommuref.conformance.process.Deadline;
import org.iommuref.conformance.process.Output;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.spec.operation.Reply.Loss;

/**
 * The qtest protocol: one command a line, one reply a line, in order.
 *
 * <p>Writes are posted: their replies are looked at before the next value is read. Whatever goes
 * wrong is a {@link QemuLostException}.
 */
final class Qtest implements AutoCloseable {

  private static final int MOST_POSTED = 500;
  private static final String OK = "OK";
  private static final String INTERRUPT = "IRQ";

  private final ChildProcess qemu;
  private final ProcessOptions options;
  private int posted;

  /** A conversation with a QEMU whose qtest is on its stdin and stdout. */
  Qtest(ChildProcess qemu, ProcessOptions options) {
    this.qemu = qemu;
    this.options = options;
  }

  /** Returns when QEMU has answered at all, within the deadline of a start. */
  void awaitStart() {
    send("endianness");
    reply("start", Deadline.in(options.startDeadline(), options.nanoTime()));
  }

  int readInt(long address) {
    return (int) number("readl " + hex(address));
  }

  long readLong(long address) {
    return number("readq " + hex(address));
  }

  void writeInt(long address, int value) {
    post("writel " + hex(address) + " " + hex(Integer.toUnsignedLong(value)));
  }

  void writeLong(long address, long value) {
    post("writeq " + hex(address) + " " + hex(value));
  }

  void write(long address, byte[] bytes) {
    post(
        "b64write "
            + hex(address)
            + " "
            + hex(bytes.length)
            + " "
            + Base64.getEncoder().encodeToString(bytes));
  }

  /** Writes a port of x86. */
  void writePort(int port, int value) {
    post("outl " + hex(port) + " " + hex(Integer.toUnsignedLong(value)));
  }

  /** Reads a port of x86. */
  int readPort(int port) {
    return (int) number("inl " + hex(port));
  }

  /** Returns when QEMU has done all that was posted. */
  void settle() {
    for (; posted > 0; posted--) {
      reply("a write");
    }
  }

  /** Ends QEMU. */
  @Override
  public void close() {
    qemu.close();
  }

  private void post(String command) {
    if (posted == MOST_POSTED) {
      settle();
    }
    send(command);
    posted++;
  }

  private long number(String command) {
    settle();
    send(command);
    String reply = reply(command);
    try {
      return Long.parseUnsignedLong(reply.substring("0x".length()), 16);
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      throw new QemuLostException(Loss.MALFORMED, "'" + command + "' was answered '" + reply + "'");
    }
  }

  private void send(String command) {
    if (!qemu.send(command, deadline())) {
      throw new QemuLostException(Loss.TIMEOUT, "QEMU reads no more commands");
    }
  }

  private String reply(String command) {
    return reply(command, deadline());
  }

  private String reply(String command, Deadline deadline) {
    while (true) {
      Output output = qemu.receive(deadline);
      if (output == null) {
        throw new QemuLostException(Loss.TIMEOUT, "QEMU does not answer " + command);
      }
      if (!(output instanceof Output.Line line)) {
        throw output instanceof Output.Ended ? ended() : malformed(command, output.toString());
      }
      if (line.text().startsWith(OK)) {
        return line.text().substring(OK.length()).strip();
      }
      if (!line.text().startsWith(INTERRUPT)) {
        throw malformed(command, line.text());
      }
    }
  }

  private QemuLostException ended() {
    OptionalInt code = qemu.awaitExit(deadline());
    List<String> words = qemu.lastWords();
    return new QemuLostException(
        Loss.CRASH,
        "QEMU ended"
            + (code.isPresent() ? " with code " + code.getAsInt() : "")
            + (words.isEmpty() ? "" : ": " + words.get(words.size() - 1)));
  }

  private static QemuLostException malformed(String command, String reply) {
    return new QemuLostException(Loss.MALFORMED, "'" + command + "' was answered '" + reply + "'");
  }

  private Deadline deadline() {
    return Deadline.in(options.deadline(), options.nanoTime());
  }

  private static String hex(long value) {
    return "0x" + Long.toHexString(value);
  }
}
