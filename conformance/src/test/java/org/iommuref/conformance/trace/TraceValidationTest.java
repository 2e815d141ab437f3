package org.iommuref.conformance.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.iommuref.tla.Models;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.trace.TraceCheck;
import org.iommuref.tla.trace.TraceEvent;
import org.junit.jupiter.api.Test;

class TraceValidationTest {

  private static final int TRACES = 500;
  private static final long SEED = 7;

  @Test
  void run_fiveHundredTracesOfTheDriver_areAcceptedAndThoseOfStepMutantsRejected() {
    List<JudgedTraces> heard = new ArrayList<>();
    TraceReport report = validation().run(TRACES, SEED, heard::add);

    assertThat(report.driver())
        .as("INV-001, INV-005, INV-010: what the driver does is what the model allows")
        .hasToString("vtd: 500 traces that differ after renaming, 500 accepted");
    assertThat(firstUnexplained(report, "mutant:vtd-drop-invalidation-done"))
        .as("INV-010: nobody waits, so the page is freed before the sync")
        .isEqualTo("FreePage");
    assertThat(firstUnexplained(report, "mutant:vtd-drop-read-tags"))
        .as("INV-001: nothing is submitted")
        .isEqualTo("FreePage");
    assertThat(firstUnexplained(report, "mutant:vtd-half-the-range"))
        .as("INV-005: the descriptor is narrower than the unmap")
        .isEqualTo("ExecuteInvalidation");
    assertThat(firstUnexplained(report, "mutant:vtd-drop-clear-pte"))
        .as("INV-001: what was not unmapped is invalidated")
        .isEqualTo("SubmitInvalidation");
    assertThat(report.isAsItShould()).as("every trace of every mutant is rejected").isTrue();
    assertThat(heard).hasSize(1 + report.mutants().size());
  }

  /** The one action at which all traces of a mutant end. */
  private static String firstUnexplained(TraceReport report, String mutant) {
    JudgedTraces judged =
        report.mutants().stream().filter(m -> m.driver().equals(mutant)).findFirst().orElseThrow();
    return judged.rejected().stream()
        .map(rejected -> rejected.verdict().event().map(TraceEvent::name).orElse("none"))
        .distinct()
        .collect(Collectors.joining(" "));
  }

  @Test
  void run_noTrace_isRefused() {
    assertThatThrownBy(() -> validation().run(0, SEED, judged -> {}))
        .isInstanceOf(TraceException.class)
        .hasMessage("the number of traces must be at least 1, not 0");
  }

  private static TraceValidation validation() {
    return new TraceValidation(new TraceCheck(Models.load(), Tlc.find()));
  }
}
