package org.iommuref.spec.clause;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClauseIdTest {

  @ParameterizedTest
  @ValueSource(strings = {"INV-001", "VEVENTQ-999", "S1-010"})
  void parse_theWrittenForm_givesItBack(String text) {
    assertThat(ClauseId.parse(text)).hasToString(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "INV",
        "INV-1",
        "INV-0001",
        "INV-000",
        "inv-001",
        "I-001",
        "INV-001 ",
        "INV_001",
        "VEVENTQUE-001"
      })
  void parse_anyOtherText_isRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ClauseId.parse(text))
        .withMessageEndingWith("is not a clause id (AREA-NNN, as INV-001)");
  }

  @Test
  void compare_ids_goByAreaThenNumber() {
    assertThat(Stream.of("MAP-002", "INV-010", "MAP-001", "INV-009").map(ClauseId::parse).sorted())
        .map(ClauseId::toString)
        .containsExactly("INV-009", "INV-010", "MAP-001", "MAP-002");
  }
}
