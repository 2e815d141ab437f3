package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.spec.spi.TranslationKind;
import org.junit.jupiter.api.Test;

/** Runs JMH, whose loops an annotation processor writes when the module is built. */
class BenchTranslateTest {

  private static final String SPEED = " +[\\d.]+ +[\\d.]+ +[\\d.]+";

  @Test
  void benchTranslate_quick_printsEachRowBesideTheFigureToBeat() {
    CommandRun run = CommandRun.of("bench", "translate", "--quick");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("100 multiplications" + SPEED + "\n");
    for (TranslationKind kind : TranslationKind.values()) {
      for (int devices : new int[] {1, 256}) {
        assertThat(run.out()).containsPattern(kind.title() + " +" + devices + SPEED + " +[\\d.]+");
      }
    }
    assertThat(run.out())
        .containsPattern("IOTLB hit +1" + SPEED + " +0.00 +45.0\n")
        .containsPattern("three-level miss +1" + SPEED + " +3.00 +12.0\n")
        .containsPattern("four-level miss +1" + SPEED + " +4.00\n")
        .containsPattern("nested miss +1" + SPEED + " +17.00 +6.4\n")
        .containsPattern("PASID hit +256" + SPEED + " +0.00 +39.0\n")
        .containsPattern("fault with record +1" + SPEED + " +1.00 +21.0\n")
        .containsPattern("256 devices: 1\\d.\\d\\d bytes of structures in memory");
  }
}
