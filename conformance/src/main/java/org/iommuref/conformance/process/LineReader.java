package org.iommuref.conformance.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Cuts a stream of bytes into lines of UTF-8 that are no longer than a limit. */
final class LineReader {

  private static final int CHUNK = 8192;
  private static final int QUOTED = 400;

  private final InputStream in;
  private final int limit;
  private final byte[] chunk = new byte[CHUNK];
  private int from;
  private int to;
  private boolean passingOver;

  /** A limit in bytes, the end of the line not counted. */
  LineReader(InputStream in, int limit) {
    this.in = in;
    this.limit = limit;
  }

  /**
   * The next line. One that is too long is broken as soon as it shows, and passed over up to its
   * end; so is a last line without its end.
   */
  Output next() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (from < to || fill()) {
      int end = endOfLine();
      if (!passingOver) {
        line.write(chunk, from, end - from);
      }
      boolean complete = end < to;
      from = complete ? end + 1 : end;
      if (passingOver) {
        passingOver = !complete;
      } else if (line.size() > limit) {
        passingOver = !complete;
        return new Output.Broken("a line longer than " + limit + " bytes", quote(line));
      } else if (complete) {
        return decode(line);
      }
    }
    return line.size() == 0
        ? new Output.Ended()
        : new Output.Broken("a line without end", quote(line));
  }

  private boolean fill() throws IOException {
    from = 0;
    to = in.read(chunk);
    return to > 0;
  }

  private int endOfLine() {
    int end = from;
    while (end < to && chunk[end] != '\n') {
      end++;
    }
    return end;
  }

  private Output decode(ByteArrayOutputStream line) {
    try {
      var decoder = StandardCharsets.UTF_8.newDecoder(); // reports what is malformed
      return new Output.Line(decoder.decode(ByteBuffer.wrap(line.toByteArray())).toString());
    } catch (CharacterCodingException e) {
      return new Output.Broken("a line that is not UTF-8", quote(line));
    }
  }

  private String quote(ByteArrayOutputStream line) {
    byte[] bytes = line.toByteArray();
    return new String(
        bytes, 0, Math.min(Math.min(QUOTED, limit + 1), bytes.length), StandardCharsets.UTF_8);
  }
}
