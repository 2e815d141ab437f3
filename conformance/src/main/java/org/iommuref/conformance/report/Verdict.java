package org.iommuref.conformance.report;

import java.util.Locale;

/** What a run says of one clause. */
public enum Verdict {
  /** Every case passed, and every branch that it needs was seen. */
  PASS,
  /** Something was seen that no live state allows. */
  FAIL,
  /** The target does not claim what the clause needs. */
  NOT_CLAIMED,
  /** Nothing wrong was seen, but a branch that applies was never exercised. */
  UNVERIFIED,
  /** No case was run: the clause has none at this seam, or the selection left them out. */
  UNTESTED,
  /** The harness itself is wrong. */
  BROKEN;

  /** Whether the target's behaviour decided it. */
  boolean isJudged() {
    return this != NOT_CLAIMED && this != UNTESTED;
  }

  /** The word in reports: {@code not-claimed}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
