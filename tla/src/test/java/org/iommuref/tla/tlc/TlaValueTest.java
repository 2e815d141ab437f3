package org.iommuref.tla.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlaValueTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-3",
        "NoPage",
        "\"a \\\"b\\\" c\"",
        "<<>>",
        "<<1, <<p1, \"held\">>>>",
        "{}",
        "{1, 2}",
        "[iovas |-> {}, stage |-> \"none\"]",
        "(p1 :> <<\"free\">> @@ p2 :> [a |-> TRUE])",
        "1..3"
      })
  void parse_printedValue_isGivenBackAsItWas(String text) {
    assertThat(TlaValue.parse(text).toString()).isEqualTo(text);
  }

  @Test
  void parse_valueOverSeveralLines_isGivenBackOnOne() {
    String text = "( c1 :> [iovas |-> {},\n     stage |-> \"none\"] @@\n  c2 :> << 1,\n 2 >> )";

    assertThat(TlaValue.parse(text).toString())
        .isEqualTo("(c1 :> [iovas |-> {}, stage |-> \"none\"] @@ c2 :> <<1, 2>>)");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "<<1", "{1 2}", "[a 1]", "\"open", "1 2", "(a :> )"})
  void parse_brokenText_isRefusedInOneLine(String text) {
    assertThatThrownBy(() -> TlaValue.parse(text))
        .isInstanceOf(TlaException.class)
        .message()
        .startsWith("not a TLA+ value at character ");
  }
}
