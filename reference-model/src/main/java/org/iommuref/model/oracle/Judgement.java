package org.iommuref.model.oracle;

import org.iommuref.spec.clause.ClauseId;
import org.jspecify.annotations.Nullable;

/**
 * The oracle's word on one observation.
 *
 * @param allowed whether some state that was live gives what was seen
 * @param clause the clause that decides: violated if not allowed, witnessed if allowed
 * @param branch what an allowed observation is a witness of
 * @param expected what was allowed, in the reader's words
 * @param why which state allows it, or which rule excludes the rest
 * @param beside another clause that an allowed observation violates, in a detail on which nothing
 *     that follows depends; or null
 */
public record Judgement(
    boolean allowed,
    ClauseId clause,
    Branch branch,
    String expected,
    String why,
    @Nullable Judgement beside) {

  /** With nothing beside. */
  public Judgement(boolean allowed, ClauseId clause, Branch branch, String expected, String why) {
    this(allowed, clause, branch, expected, why, null);
  }

  static Judgement allowed(ClauseId clause, Branch branch, String expected, String why) {
    return new Judgement(true, clause, branch, expected, why);
  }

  static Judgement refused(ClauseId clause, Branch branch, String expected, String why) {
    return new Judgement(false, clause, branch, expected, why);
  }

  /** The same with a detail that is not allowed, or with none. */
  Judgement with(@Nullable Judgement detail) {
    return new Judgement(allowed, clause, branch, expected, why, detail);
  }
}
