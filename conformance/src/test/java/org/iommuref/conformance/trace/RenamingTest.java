package org.iommuref.conformance.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.tla.trace.Trace;
import org.iommuref.tla.trace.TraceEvent;
import org.junit.jupiter.api.Test;

class RenamingTest {

  @Test
  void formOf_tracesThatARenamingMakesEqual_areEqual() {
    assertThat(form(1, "a", "p", "q")).isEqualTo(form(2, "b", "q", "p"));
  }

  @Test
  void formOf_anotherPageTheSecondTime_differs() {
    assertThat(form(1, "a", "p", "q")).isNotEqualTo(form(1, "a", "p", "p"));
  }

  @Test
  void formOf_anotherOrder_differs() {
    TraceEvent alloc = TraceEvent.of("AllocPage", Map.of("cpu", 1, "page", "p"));
    TraceEvent start = TraceEvent.of("StartDma", Map.of("dma", 0, "iova", "a"));
    assertThat(Renaming.formOf(new Trace(List.of(alloc, start))))
        .isNotEqualTo(Renaming.formOf(new Trace(List.of(start, alloc))));
  }

  @Test
  void formOf_setsWithOtherMembers_differ() {
    assertThat(scope(Set.of("a"))).isNotEqualTo(scope(Set.of("b")));
    assertThat(scope(new LinkedHashSet<>(List.of("a", "b"))))
        .isEqualTo(scope(new LinkedHashSet<>(List.of("b", "a"))));
  }

  @Test
  void formOf_truthValues_areNotRenamed() {
    assertThat(leafOnly(true)).isNotEqualTo(leafOnly(false));
  }

  private static String form(int cpu, String iova, String first, String second) {
    return Renaming.formOf(
        new Trace(
            List.of(
                TraceEvent.of("AllocPage", Map.of("cpu", cpu, "page", first)),
                TraceEvent.of("WritePte", Map.of("cpu", cpu, "iova", iova, "page", first)),
                TraceEvent.of("AllocTable", Map.of("cpu", cpu, "page", second)))));
  }

  private static String scope(Set<String> iovas) {
    return Renaming.formOf(
        new Trace(
            List.of(
                TraceEvent.of("ClearPte", Map.of("cpu", 1, "iova", "a")),
                TraceEvent.of("ClearPte", Map.of("cpu", 1, "iova", "b")),
                TraceEvent.of(
                    "SubmitInvalidation", Map.of("cpu", 1, "iovas", iovas, "leafOnly", true)))));
  }

  private static String leafOnly(boolean leafOnly) {
    return Renaming.formOf(
        new Trace(
            List.of(
                TraceEvent.of(
                    "SubmitInvalidation",
                    Map.of("cpu", 1, "iovas", Set.of("a"), "leafOnly", leafOnly)))));
  }
}
