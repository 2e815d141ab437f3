package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class LineReaderTest {

  private static final int LIMIT = 8;

  @Test
  void lines_comeOneByOne_andThenTheEnd() throws IOException {
    assertThat(read("one\n\ntwo\n"))
        .containsExactly(line("one"), line(""), line("two"), new Output.Ended());
  }

  @Test
  void lineOfExactlyTheLimit_isTaken_andOneByteMore_isNot() throws IOException {
    assertThat(read("12345678\n123456789\nnext\n"))
        .containsExactly(
            line("12345678"),
            new Output.Broken("a line longer than 8 bytes", "123456789"),
            line("next"),
            new Output.Ended());
  }

  @Test
  void lineThatNeverEnds_isBrokenAsSoonAsItIsTooLong() throws IOException {
    InputStream endless =
        new InputStream() {
          @Override
          public int read() {
            return 'x';
          }

          @Override
          public int read(byte[] into, int from, int length) {
            into[from] = 'x';
            return 1;
          }
        };
    assertThat(new LineReader(endless, LIMIT).next())
        .isEqualTo(new Output.Broken("a line longer than 8 bytes", "xxxxxxxxx"));
  }

  @Test
  void textWithoutItsLineEnd_isBroken() throws IOException {
    assertThat(read("ok\nhalf"))
        .containsExactly(
            line("ok"), new Output.Broken("a line without end", "half"), new Output.Ended());
  }

  @Test
  void bytesThatAreNotUtf8_areBroken() throws IOException {
    LineReader reader = new LineReader(new ByteArrayInputStream(new byte[] {'a', -1, '\n'}), LIMIT);
    assertThat(reader.next()).isEqualTo(new Output.Broken("a line that is not UTF-8", "a\uFFFD"));
  }

  @Property
  void chunks_doNotMatter(
      @ForAll @Size(max = 6) List<@IntRange(min = 0, max = 12) Integer> lengths,
      @ForAll @IntRange(min = 0, max = 80) int cut)
      throws IOException {
    StringBuilder text = new StringBuilder();
    lengths.forEach(length -> text.append("x".repeat(length)).append('\n'));
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    int at = Math.min(cut, bytes.length);
    InputStream inTwo =
        new SequenceInputStream(
            new ByteArrayInputStream(bytes, 0, at),
            new ByteArrayInputStream(bytes, at, bytes.length - at));
    assertThat(readAll(new LineReader(inTwo, LIMIT))).isEqualTo(read(text.toString()));
  }

  private static List<Output> read(String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return readAll(new LineReader(new ByteArrayInputStream(bytes), LIMIT));
  }

  private static List<Output> readAll(LineReader reader) throws IOException {
    List<Output> all = new ArrayList<>();
    do {
      all.add(reader.next());
    } while (!(all.get(all.size() - 1) instanceof Output.Ended));
    return all;
  }

  private static Output line(String text) {
    return new Output.Line(text);
  }
}
