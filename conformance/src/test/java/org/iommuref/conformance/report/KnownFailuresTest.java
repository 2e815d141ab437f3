package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far a clause fails, as a list of known failures says it. */
class KnownFailuresTest {

  private static final String ENTRY =
      "- {clause: INV-001, seen: a, says: b, source: c, confidence: d%s}";

  private final Path file;

  KnownFailuresTest(@TempDir Path folder) {
    this.file = folder.resolve("known.yaml");
  }

  private KnownFailure read(String more) throws IOException, MalformedFileException {
    Files.writeString(file, ENTRY.formatted(more));
    return KnownFailures.read(file, Samples.CATALOGUE).get(0);
  }

  @Test
  void failing_isOfCasesByName() throws IOException, MalformedFileException {
    KnownFailure entry = read(", failing: {INV-001 a case: '2 checks, 0123abcd'}");
    assertThat(entry.failing()).hasSize(1).containsEntry("INV-001 a case", "2 checks, 0123abcd");
    assertThat(read("").failing()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          , failing: all                               | field 'failing' wants names of cases
          , failing: {}                                | field 'failing' wants names of cases
          , failing: {a case: 2 checks}                | a number of checks and eight hexadecimal
          , failing: {a case: [1]}                     | a number of checks and eight hexadecimal
          , failing: {a: '1 check, 00000000'}, failing: {b: '1 check, 00000000'} | given twice
          , failed: {}                                 | unknown field 'failed'
          """)
  void anythingElse_isToldWithItsLine(String more, String problem) {
    assertThatThrownBy(() -> read(more))
        .isInstanceOf(MalformedFileException.class)
        .hasMessageStartingWith(file + ":1: ")
        .hasMessageContaining(problem);
  }
}
