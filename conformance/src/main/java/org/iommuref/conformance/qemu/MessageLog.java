package org.iommuref.conformance.qemu;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.iommuref.spec.unit.UnitMessage;

/**
 * The interrupt messages that an emulated unit sends, as QEMU traces them.
 *
 * <p>They go to interrupt controllers that no memory access shows without a CPU. QEMU writes a line
 * for each before it answers the command that has led to it.
 */
final class MessageLog implements AutoCloseable {

  /** A message of a device behind remapping, with the one that it has become. */
  private static final String REMAPPED = "vtd_ir_remap_msi";

  /** A message of the unit itself. */
  private static final String EVENT = "vtd_irq_generate";

  private static final Pattern HEXADECIMAL = Pattern.compile("0x([0-9a-fA-F]+)");

  private final Path file;
  private int taken;

  private MessageLog(Path file) {
    this.file = file;
  }

  /** A log that nothing was written to. */
  static MessageLog create() {
    try {
      Path file = Files.createTempFile("iommuref-messages", ".log");
      file.toFile().deleteOnExit();
      return new MessageLog(file);
    } catch (IOException e) {
      throw new UncheckedIOException("there is no room for a log of QEMU", e);
    }
  }

  /** What makes QEMU write it. */
  List<String> arguments() {
    return List.of("-trace", REMAPPED, "-trace", EVENT, "-D", file.toString());
  }

  /** The messages since the last call, oldest first. */
  List<UnitMessage> next() {
    List<UnitMessage> messages = new ArrayList<>();
    List<String> lines = lines();
    for (String line : lines.subList(taken, lines.size())) {
      if (line.contains(REMAPPED) || line.contains(EVENT)) {
        messages.add(message(line));
      }
    }
    taken = lines.size();
    return messages;
  }

  /** Address and data are the last two numbers of a line. */
  private static UnitMessage message(String line) {
    List<Long> numbers = new ArrayList<>();
    Matcher matcher = HEXADECIMAL.matcher(line);
    while (matcher.find()) {
      numbers.add(Long.parseUnsignedLong(matcher.group(1), 16));
    }
    int last = numbers.size() - 1;
    return new UnitMessage.Msi(numbers.get(last - 1), numbers.get(last).intValue());
  }

  private List<String> lines() {
    try {
      return Files.readAllLines(file, StandardCharsets.ISO_8859_1);
    } catch (IOException e) {
      throw new UncheckedIOException("the log of QEMU cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return; // it goes when this process ends
    }
  }
}
