package org.iommuref.tla.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TraceEventTest {

  @Test
  void toString_event_isTheActionWithItsArguments() {
    assertThat(TraceEvent.of("ClearPte", Map.of("iova", 2, "cpu", 1)))
        .hasToString("ClearPte(cpu=1, iova=2)");
  }

  @Test
  void of_nameThatIsNoneOfTla_isRefused() {
    assertThatThrownBy(() -> TraceEvent.of("Clear Pte", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'Clear Pte' is not a name of TLA+");
  }

  @Test
  void of_fieldCalledName_isRefused() {
    assertThatThrownBy(() -> TraceEvent.of("ClearPte", Map.of("name", 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("an argument of ClearPte cannot be called 'name'");
  }

  @Test
  void of_valueOfAnotherType_isRefused() {
    assertThatThrownBy(() -> TraceEvent.of("ClearPte", Map.of("iova", 1.5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "iova of ClearPte is neither number, truth value, string nor a set of them: 1.5");
  }

  @Test
  void of_setOfAnotherType_isRefused() {
    assertThatThrownBy(() -> TraceEvent.of("SubmitInvalidation", Map.of("iovas", Set.of(1.5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("iovas of SubmitInvalidation is neither");
  }

  @Test
  void trace_withoutEvents_isRefused() {
    assertThatThrownBy(() -> new Trace(List.of())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void module_eventThatRecurs_isWrittenOnce() {
    TraceEvent start = TraceEvent.of("StartDma", Map.of("dma", 1, "iova", 1L << 40));
    TraceEvent submit =
        TraceEvent.of(
            "SubmitInvalidation",
            Map.of(
                "leafOnly",
                true,
                "iova",
                "a\"ll",
                "iovas",
                new LinkedHashSet<>(List.of("0x2", "0x1"))));

    String module =
        TraceData.module(
            List.of(new Trace(List.of(start, submit, start)), new Trace(List.of(submit))));

    assertThat(module)
        .isEqualTo(
            """
            ---- MODULE TraceData ----
            Events == <<
            [name |-> "StartDma", dma |-> 1, iova |-> "1099511627776"],
            [name |-> "SubmitInvalidation", iova |-> "a\\"ll", iovas |-> {"0x2", "0x1"}, leafOnly |-> TRUE]
            >>
            Traces == <<
            <<1,2,1>>,
            <<2>>
            >>
            ====
            """);
  }
}
