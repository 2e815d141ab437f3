package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.junit.jupiter.api.Test;

/** The lists of conditions with one condition changed: the others stay, each in its list. */
class InterruptChecksTest {

  private static final InterruptCheck FIRST = named("first");
  private static final InterruptCheck SECOND = named("second");
  private static final InterruptCheck THIRD = named("third");
  private static final InterruptCheck OTHER = named("other");
  private static final InterruptChecks CHECKS =
      new InterruptChecks(List.of(FIRST), List.of(SECOND, THIRD));

  private static InterruptCheck named(String name) {
    return new InterruptCheck(name, "VTD-191", (r, e, unit) -> false, FaultReason.IR_20);
  }

  @Test
  void all_areThoseOfTheRequest_thenThoseOfTheEntry() {
    assertThat(CHECKS.all()).containsExactly(FIRST, SECOND, THIRD);
  }

  @Test
  void conditionLeftOut_isGoneFromItsListAlone() {
    assertThat(CHECKS.with(0, null))
        .isEqualTo(new InterruptChecks(List.of(), List.of(SECOND, THIRD)));
    assertThat(CHECKS.with(1, null)).isEqualTo(new InterruptChecks(List.of(FIRST), List.of(THIRD)));
  }

  @Test
  void conditionReplaced_takesThePlaceOfTheOther() {
    assertThat(CHECKS.with(0, OTHER))
        .isEqualTo(new InterruptChecks(List.of(OTHER), List.of(SECOND, THIRD)));
    assertThat(CHECKS.with(2, OTHER))
        .isEqualTo(new InterruptChecks(List.of(FIRST), List.of(SECOND, OTHER)));
  }
}
