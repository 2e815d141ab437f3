package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.iommuref.spec.clause.ClauseId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failure goes to bytes and comes back as it was. */
class FailureFileTest {

  private static final ClauseId CLAUSE = ClauseId.parse("INV-001");

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void bytes_carryAll(boolean validate) throws MalformedFileException {
    for (Failure failure :
        new Failure[] {Samples.failure(CLAUSE, "exec:a b"), Samples.failureOfCore(CLAUSE)}) {
      FailureFile file = new FailureFile(withoutHalfCharacters(failure), validate);
      ObjectNode json = file.write();
      assertThat(ReportSchemas.problems("replay", json)).isEmpty();
      String text = new String(JsonText.bytes(json), StandardCharsets.UTF_8);
      assertThat(FailureFile.read(text)).isEqualTo(file);
    }
  }

  /** Half a surrogate pair has no form in UTF-8. */
  private static Failure withoutHalfCharacters(Failure f) {
    return new Failure(
        f.clause(),
        f.title(),
        f.target(),
        f.caseName(),
        f.seed(),
        f.session(),
        f.steps(),
        f.shows(),
        f.answers(),
        f.expected(),
        f.seen().replace("\uD800", ""),
        f.why(),
        f.minimal(),
        f.executions());
  }
}
