package org.iommuref.conformance.report;

import java.util.List;

/** The exit codes that verdicts lead to, and which of two is the worse. */
final class Exit {

  static final int CONFORMANT = 0;
  static final int NOT_CONFORMANT = 1;
  static final int UNVERIFIED = 2;
  static final int BROKEN = 70;

  private static final List<Integer> WORSE_AND_WORSE =
      List.of(CONFORMANT, UNVERIFIED, NOT_CONFORMANT, BROKEN);

  private Exit() {}

  /** A failure is worse than a doubt, and a harness that is broken worse than both. */
  static int worse(int one, int other) {
    return WORSE_AND_WORSE.indexOf(one) >= WORSE_AND_WORSE.indexOf(other) ? one : other;
  }
}
