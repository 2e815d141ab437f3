package org.iommuref.tla;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.iommuref.tla.tlc.TlaValue;
import org.iommuref.tla.tlc.TlcOutcome;
import org.iommuref.tla.tlc.TlcResult;
import org.iommuref.tla.tlc.TlcState;
import org.junit.jupiter.api.Test;

class CounterexampleTimelineTest {

  private static final Model MODEL =
      new Model(
          "M",
          "m",
          List.of("M"),
          Optional.empty(),
          List.of(
              new Lane("CPU", List.of("c1", "c2", "c3"), List.of("Alloc", "Wait")),
              new Lane("unit", List.of(), List.of("Execute"))),
          List.of());

  @Test
  void draw_actorsInPlacesAndValues_standInTheirColumns() {
    String drawing =
        CounterexampleTimeline.draw(
            MODEL,
            result(
                state("", "(c1 :> \"a\" @@ c2 :> \"a\")", "<<\"free\">>"),
                state("Alloc", "(c1 :> \"a\" @@ c2 :> \"a\")", "<<\"held\", c2>>"),
                state("Wait", "(c1 :> \"b\" @@ c2 :> \"a\")", "<<\"held\", c2>>"),
                state("Execute", "(c1 :> \"c\" @@ c2 :> \"c\")", "<<\"held\", c2>>")));

    assertThat(drawing)
        .isEqualTo(
            """
                 CPU c1  CPU c2  unit     changes
              1          Alloc            owner: <<"free">> -> <<"held", c2>>
              2  Wait                     gather[c1]: "a" -> "b"
              3                  Execute  gather[c1]: "b" -> "c"
                                          gather[c2]: "a" -> "c"
            """);
  }

  @Test
  void draw_resultWithoutCounterexample_isEmpty() {
    assertThat(CounterexampleTimeline.draw(MODEL, result())).isEmpty();
  }

  @Test
  void draw_actionOfNoLane_standsInTheLastColumn() {
    String drawing =
        CounterexampleTimeline.draw(MODEL, result(state("", "1", "1"), state("Other", "1", "2")));

    assertThat(drawing).isEqualTo("     unit   changes\n  1  Other  owner: 1 -> 2\n");
  }

  private static TlcState state(String action, String gather, String owner) {
    return new TlcState(
        action,
        new TreeMap<>(Map.of("gather", TlaValue.parse(gather), "owner", TlaValue.parse(owner))));
  }

  private static TlcResult result(TlcState... states) {
    return new TlcResult(
        TlcOutcome.INVARIANT,
        Optional.of("I"),
        OptionalLong.empty(),
        OptionalInt.empty(),
        new TreeMap<>(),
        List.of(states),
        List.of(),
        List.of());
  }
}
