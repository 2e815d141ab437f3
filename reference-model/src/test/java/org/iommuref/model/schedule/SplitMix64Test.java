package org.iommuref.model.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class SplitMix64Test {

  /** The first numbers of the reference implementation for this seed. */
  @Test
  void firstNumbers_areThoseOfTheReference() {
    var generator = new SplitMix64(1234567);
    assertThat(generator.nextLong()).isEqualTo(6457827717110365317L);
    assertThat(generator.nextLong()).isEqualTo(3203168211198807973L);
    assertThat(Long.toUnsignedString(generator.nextLong())).isEqualTo("9817491932198370423");
  }

  @Test
  void boundedNumbers_coverTheirRangeEvenly() {
    var generator = new SplitMix64(1);
    int[] seen = new int[5];
    IntStream.range(0, 10_000).forEach(i -> seen[generator.nextInt(5)]++);
    for (int times : seen) {
      assertThat(times).isBetween(1_800, 2_200);
    }
  }

  @Test
  void runsOfOneSeed_differ() {
    assertThat(SplitMix64.ofRun(7, 0).nextLong())
        .isEqualTo(SplitMix64.ofRun(7, 0).nextLong())
        .isNotEqualTo(SplitMix64.ofRun(7, 1).nextLong())
        .isNotEqualTo(SplitMix64.ofRun(8, 0).nextLong());
  }
}
