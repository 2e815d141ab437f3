package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The line that a person sees while a run goes on. */
class ProgressLineTest {

  private final StringWriter out = new StringWriter();
  private final ProgressLine line = new ProgressLine(new PrintWriter(out), "vtd");

  @Test
  void line_isWrittenOverAndGoneAtTheEnd() {
    line.ran(1, 1000, "first");
    line.ran(2, 1000, "second");
    line.ran(10, 1000, "x".repeat(200));
    line.ended();
    String[] writes = out.toString().split("\r");
    assertThat(writes).hasSize(4);
    assertThat(writes[0]).isEmpty();
    assertThat(writes[1]).startsWith("  0 %  1 of 1000  vtd  first").hasSize(79);
    assertThat(writes[2]).startsWith("  1 %  10 of 1000  vtd  xxx").hasSize(79);
    assertThat(writes[3]).isBlank().hasSize(79);
    assertThat(out.toString()).endsWith("\r").doesNotContain("\n");
  }

  @Test
  void runThatNeverBegan_leavesNothing() {
    line.ended();
    assertThat(out.toString()).isEmpty();
  }
}
