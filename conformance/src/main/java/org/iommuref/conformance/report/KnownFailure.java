package org.iommuref.conformance.report;

import java.util.Optional;
import org.iommuref.spec.clause.ClauseId;

/**
 * A failure of an implementation that is expected, with its grounds.
 *
 * @param clause the clause that fails
 * @param target the target that it is expected of, or empty for every target of the run
 * @param seen what the implementation does
 * @param says what the manual says instead
 * @param source where it says so
 * @param confidence how sure the author is that the implementation is wrong
 * @param seam the seam at which it is expected, or 0 for every one
 */
public record KnownFailure(
    ClauseId clause,
    String target,
    String seen,
    String says,
    String source,
    String confidence,
    int seam) {

  /** One that is expected at every seam. */
  public KnownFailure(
      ClauseId clause, String target, String seen, String says, String source, String confidence) {
    this(clause, target, seen, says, source, confidence, 0);
  }

  /** Whether it is expected at that seam. */
  public boolean isAt(int number) {
    return seam == 0 || seam == number;
  }

  /**
   * Whether the expectation is of this target; one of {@code linux} is of {@code linux:<image>}.
   */
  public boolean isOf(String name) {
    return target.isEmpty() || target.equals(name) || name.startsWith(target + ":");
  }

  /** Why the expectation is not met; empty if the clause failed. */
  Optional<String> problem(Report report) {
    Optional<ClauseVerdict> verdict =
        report.verdicts().stream().filter(v -> v.clause().equals(clause)).findFirst();
    if (verdict.isEmpty()) {
      return Optional.of("is a known failure, but was not selected");
    }
    return verdict.get().verdict() == Verdict.FAIL
        ? Optional.empty()
        : Optional.of("is a known failure, but the verdict is " + verdict.get().verdict().word());
  }
}
