package org.iommuref.model.oracle;

import org.iommuref.spec.clause.ClauseId;

/**
 * The oracle's word on one observation.
 *
 * @param allowed whether some state that was live gives what was seen
 * @param clause the clause that decides: violated if not allowed, witnessed if allowed
 * @param branch what an allowed observation is a witness of
 * @param expected what was allowed, in the reader's words
 * @param why which state allows it, or which rule excludes the rest
 */
public record Judgement(
    boolean allowed, ClauseId clause, Branch branch, String expected, String why) {

  static Judgement allowed(ClauseId clause, Branch branch, String expected, String why) {
    return new Judgement(true, clause, branch, expected, why);
  }

  static Judgement refused(ClauseId clause, Branch branch, String expected, String why) {
    return new Judgement(false, clause, branch, expected, why);
  }
}
