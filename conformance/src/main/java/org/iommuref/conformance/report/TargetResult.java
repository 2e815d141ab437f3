package org.iommuref.conformance.report;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.iommuref.spec.clause.ClauseId;

/** What a run found about one target. */
public sealed interface TargetResult {

  /** The name of the target, as {@code --target} took it. */
  String target();

  /** 0 conformant, 1 not conformant, 2 unverified, 70 nothing judged or broken harness. */
  int exitCode();

  /**
   * The suite ran.
   *
   * @param report what it found
   * @param known the failures that were expected of this target
   */
  record Judged(Report report, List<KnownFailure> known) implements TargetResult {

    /** Copies the list. */
    public Judged {
      known = List.copyOf(known);
    }

    @Override
    public String target() {
      return report.target();
    }

    /**
     * A failure that was expected is not counted; an expectation that is not met counts as a
     * failure.
     */
    @Override
    public int exitCode() {
      Set<ClauseId> expected = known.stream().map(KnownFailure::clause).collect(Collectors.toSet());
      int code = report.exitCode(expected);
      boolean unmet = known.stream().anyMatch(entry -> entry.problem(report).isPresent());
      return unmet ? Exit.worse(code, Exit.NOT_CONFORMANT) : code;
    }

    /** The expectation that the clause fails; empty if none was stated. */
    public Optional<KnownFailure> known(ClauseId clause) {
      return known.stream().filter(entry -> entry.clause().equals(clause)).findFirst();
    }
  }

  /**
   * Nothing could be judged.
   *
   * @param target its name
   * @param problem why, in one line
   */
  record NotJudged(String target, String problem) implements TargetResult {

    @Override
    public int exitCode() {
      return Exit.BROKEN;
    }
  }
}
