package org.iommuref.conformance.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.iommuref.tla.trace.TraceEvent;
import org.iommuref.tla.trace.TraceVerdict;
import org.junit.jupiter.api.Test;

class TraceReportTest {

  @Test
  void isAsItShould_allAcceptedAndAllMutantsRejected_holds() {
    TraceReport report = report(driver(3, 0), mutant(2, 2));
    assertThat(report.isAsItShould()).isTrue();
    assertThat(report)
        .hasToString(
            "3 of 3 traces that differ after renaming are behaviours of UnmapFlush;"
                + " 1 of 1 step mutants are rejected");
  }

  @Test
  void isAsItShould_aTraceOfTheDriverRejected_doesNotHold() {
    assertThat(report(driver(3, 1), mutant(2, 2)).isAsItShould()).isFalse();
  }

  @Test
  void isAsItShould_aTraceOfAMutantAccepted_doesNotHold() {
    assertThat(report(driver(3, 0), mutant(2, 1)).isAsItShould()).isFalse();
  }

  @Test
  void isAsItShould_tooFewThatDiffer_doesNotHoldAndSaysSo() {
    TraceReport report = report(driver(2, 0), mutant(2, 2));
    assertThat(report.isAsItShould()).isFalse();
    assertThat(report.toString()).contains("(3 were asked for, no more were found)");
  }

  private static TraceReport report(JudgedTraces driver, JudgedTraces mutant) {
    return new TraceReport(3, driver, List.of(mutant));
  }

  private static JudgedTraces driver(int traces, int rejected) {
    return new JudgedTraces("vtd", false, traces, rejected(rejected));
  }

  private static JudgedTraces mutant(int traces, int rejected) {
    return new JudgedTraces("mutant:vtd-x", true, traces, rejected(rejected));
  }

  private static List<RejectedTrace> rejected(int count) {
    TraceEvent event = TraceEvent.of("FreePage", Map.of("cpu", 1, "page", "0x1000"));
    TraceVerdict verdict = new TraceVerdict(0, OptionalInt.of(1), Optional.of(event), List.of());
    return Collections.nCopies(count, new RejectedTrace(verdict, List.of(), "0"));
  }
}
