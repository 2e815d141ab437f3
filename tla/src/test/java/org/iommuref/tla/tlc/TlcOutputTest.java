package org.iommuref.tla.tlc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TlcOutputTest {

  @Test
  void result_violation_hasItsNameAndItsSteps() {
    TlcResult result =
        read(
            TlcOutcome.INVARIANT,
            message(2110, 1, "Invariant Small is violated."),
            message(2121, 1, "The behavior up to this point is:"),
            message(
                2217, 4, "1: <Initial predicate>\n/\\ n = 0\n/\\ f = ( a :> 1 @@\n  b :> 2 )\n"),
            message(
                2217,
                4,
                "2: <Up line 6, col 3 to line 6, col 9 of module M>\n/\\ n = 1\n/\\ f = (a :> 1 @@ b :> 2)\n"),
            message(2199, 0, "4,321 states generated, 1,234 distinct states found, 1 states left"));

    assertThat(result.violated()).hasValue("Small");
    assertThat(result.distinctStates()).hasValue(1234);
    assertThat(result.problems()).isEmpty();
    assertThat(result.counterexample()).hasSize(1);
    assertThat(result.counterexample().get(0).action()).isEqualTo("Up");
    assertThat(result.counterexample().get(0).changes()).hasToString("[n: 0 -> 1]");
  }

  @Test
  void result_violationInTheInitialState_keepsThatState() {
    TlcResult result =
        read(
            TlcOutcome.INVARIANT,
            message(2107, 1, "Invariant Small is violated by the initial state:\nn = 7\n"));

    assertThat(result.violated()).hasValue("Small");
    assertThat(result.states()).hasSize(1);
    assertThat(result.states().get(0).variables()).hasToString("{n=7}");
  }

  @Test
  void result_coveragePrintedTwice_countsTheLastOne() {
    TlcResult result =
        read(
            TlcOutcome.OK,
            message(2201, 0, "The coverage statistics at some time"),
            message(2772, 0, "<Up line 6, col 1 to line 6, col 2 of module M>: 1:5"),
            message(2201, 0, "The coverage statistics at some later time"),
            message(2772, 0, "<Up line 6, col 1 to line 6, col 2 of module M>: 1:7"),
            message(2772, 0, "<Up line 9, col 1 to line 9, col 2 of module M>: 0:2"),
            message(2772, 0, "<Down line 7, col 1 to line 7, col 4 of module M>: 0:0"));

    assertThat(result.actions()).containsEntry("Up", 9L).containsEntry("Down", 0L);
    assertThat(result.actionsNeverTaken()).containsExactly("Down");
  }

  @Test
  void result_errorOfSeveralLines_isOneProblem() {
    TlcResult result =
        read(TlcOutcome.CONFIG, message(2234, 1, "The invariant X\n  is not defined.\n"));

    assertThat(result.problems()).containsExactly("The invariant X is not defined.");
  }

  @Test
  void result_linesBetweenMessages_areWhatTheModelPrinted() {
    TlcResult result =
        read(
            TlcOutcome.OK,
            "Parsing file M.tla\nSemantic processing of module M\n",
            message(2194, 0, "The depth of the complete state graph search is 29."),
            "<<\"reached\", 1, 2>>\n");

    assertThat(result.printed()).containsExactly("<<\"reached\", 1, 2>>");
    assertThat(result.depth()).hasValue(29);
  }

  private static String message(int code, int severity, String text) {
    return "@!@!@STARTMSG %d:%d @!@!@\n%s\n@!@!@ENDMSG %d @!@!@\n"
        .formatted(code, severity, text, code);
  }

  private static TlcResult read(TlcOutcome outcome, String... parts) {
    TlcOutput output = new TlcOutput();
    String.join("", parts).lines().forEach(output::line);
    return output.result(outcome);
  }
}
