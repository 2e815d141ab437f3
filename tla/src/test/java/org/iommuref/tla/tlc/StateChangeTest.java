package org.iommuref.tla.tlc;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class StateChangeTest {

  @Test
  void between_equalValues_isEmpty() {
    assertThat(changes("(a :> 1)", "(a :> 1)")).isEmpty();
  }

  @Test
  void between_functionsOfRecords_namesTheFieldThatDiffers() {
    assertThat(
            changes(
                "(d1 :> [page |-> p1, old |-> FALSE] @@ d2 :> [page |-> p1, old |-> FALSE])",
                "(d1 :> [page |-> p2, old |-> FALSE] @@ d2 :> [page |-> p1, old |-> FALSE])"))
        .containsExactly("v[d1].page: p1 -> p2");
  }

  @Test
  void between_recordThatGainsAndLosesFields_tellsWhatItGained() {
    assertThat(changes("[state |-> \"a\", x |-> 1]", "[state |-> \"b\", y |-> 2]"))
        .containsExactly("v.state: \"a\" -> \"b\"", "v.y: 2");
  }

  @Test
  void between_sequenceAsAVariable_isReadAsAFunction() {
    assertThat(changes("<<NoPage, NoPage>>", "<<NoPage, p1>>"))
        .containsExactly("v[2]: NoPage -> p1");
  }

  @Test
  void between_pairInsideAFunction_isReadAsOneValue() {
    assertThat(changes("(p1 :> <<\"held\", c1>>)", "(p1 :> <<\"held\", c2>>)"))
        .containsExactly("v[p1]: <<\"held\", c1>> -> <<\"held\", c2>>");
  }

  @Test
  void between_functionsOfOtherDomains_isOneChange() {
    assertThat(changes("(a :> 1)", "(b :> 1)")).containsExactly("v: (a :> 1) -> (b :> 1)");
  }

  private static List<String> changes(String before, String after) {
    return StateChange.between("v", TlaValue.parse(before), TlaValue.parse(after)).stream()
        .map(StateChange::toString)
        .toList();
  }
}
