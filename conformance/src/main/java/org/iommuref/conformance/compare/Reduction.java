package org.iommuref.conformance.compare;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a sequence that ends in a difference shorter: leaves out blocks of steps, then single ones,
 * as long as the same difference stays at its end.
 *
 * <p>The result is 1-minimal: without any one of its steps but the first and the last the
 * difference is gone. Unless the executions run out before that is known.
 */
final class Reduction {

  private final Question question;
  private final int most;
  private List<Step> kept;
  private int executions;
  private boolean minimal;

  /** Whether a sequence still ends in the difference. */
  interface Question {

    /** Runs it. */
    boolean stillDiffers(List<Step> steps) throws IOException;
  }

  /**
   * A sequence that is not reduced yet.
   *
   * @param most how many executions there may be
   */
  Reduction(List<Step> steps, int most, Question question) {
    this.kept = List.copyOf(steps);
    this.most = most;
    this.question = question;
  }

  /** The shortest sequence that was found. */
  List<Step> steps() throws IOException {
    for (int block = kept.size() / 2; block > 1; block /= 2) {
      var ignored = leaveOut(block);
    }
    while (leaveOut(1)) {
      // what could not be left out before may be by now
    }
    minimal = executions < most;
    return kept;
  }

  /** Whether the result is 1-minimal. */
  boolean isMinimal() {
    return minimal;
  }

  /** Leaves out what can be, from the end on; whether there was anything. */
  private boolean leaveOut(int block) throws IOException {
    boolean shorter = false;
    for (int end = kept.size() - 1; end - block >= 1 && executions < most; end -= block) {
      List<Step> without = new ArrayList<>(kept.subList(0, end - block));
      without.addAll(kept.subList(end, kept.size()));
      executions++;
      if (question.stillDiffers(without)) {
        kept = without;
        shorter = true;
      }
    }
    return shorter;
  }
}
