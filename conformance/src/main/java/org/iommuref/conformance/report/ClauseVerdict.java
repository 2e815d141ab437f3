package org.iommuref.conformance.report;

import java.util.List;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Level;

/**
 * The verdict on one clause.
 *
 * @param clause its id
 * @param level must, should or may
 * @param title as in the catalogue
 * @param verdict what the run says
 * @param reason why it is not a plain pass, or empty
 * @param cases how many cases were run for it
 * @param witnesses what was seen
 * @param failing each of its cases that failed; empty but for units that leave nothing to chance
 */
public record ClauseVerdict(
    ClauseId clause,
    Level level,
    String title,
    Verdict verdict,
    String reason,
    int cases,
    Witnesses witnesses,
    List<FailingCase> failing) {

  /** Copies the list. */
  public ClauseVerdict {
    failing = List.copyOf(failing);
  }

  /**
   * How often each branch was exercised.
   *
   * @param mustSucceed an outcome that had to succeed did
   * @param mustFault an outcome that had to fault did
   * @param staleUsed a removed translation was used before its sync
   * @param may another outcome of several was seen
   */
  public record Witnesses(long mustSucceed, long mustFault, long staleUsed, long may) {}
}
