package org.iommuref.conformance.trace;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.tla.Models;
import org.iommuref.tla.tlc.Tlc;
import org.iommuref.tla.trace.TraceCheck;
import org.junit.jupiter.api.Test;

class TraceValidationTest {

  @Test
  void run_tracesOfDriverAndMutants_areAcceptedAndRejected() {
    TraceReport report =
        new TraceValidation(new TraceCheck(Models.load(), Tlc.find())).run(500, 7, judged -> {});
    assertThat(report.isAsItShould()).isTrue();
  }
}
