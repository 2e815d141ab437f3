package org.iommuref.model.explore;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SpinningTest {

  private static final int LONG = 1_000;

  /** How many of {@code waits} begin with a long spin, if a long spin pays or not. */
  private static int longSpins(Spinning spinning, int waits, boolean paying) {
    int tried = 0;
    for (int wait = 0; wait < waits; wait++) {
      boolean trying = spinning.most() == LONG;
      tried += trying ? 1 : 0;
      if (trying && paying) {
        spinning.paid();
      } else {
        spinning.failed();
      }
    }
    return tried;
  }

  @Test
  void longSpinThatPays_isEveryWaits() {
    assertThat(longSpins(new Spinning(2), 1_000, true)).isEqualTo(1_000);
  }

  @Test
  void longSpinInVain_becomesRare() {
    var spinning = new Spinning(2);
    longSpins(spinning, 3_000, false);
    assertThat(longSpins(spinning, 10 * 1_025, false)).isEqualTo(10);
  }

  @Test
  void longSpinThatPaysAgain_isTakenUpAgain() {
    var spinning = new Spinning(2);
    longSpins(spinning, 3_000, false);
    longSpins(spinning, 1_025 + 16, true);
    longSpins(spinning, 1, false);
    assertThat(longSpins(spinning, 17, true))
        .as("one in vain costs the next 16 waits")
        .isEqualTo(1);
  }

  @Test
  void singleCore_neverSpins() {
    assertThat(new Spinning(1).most()).isZero();
  }
}
