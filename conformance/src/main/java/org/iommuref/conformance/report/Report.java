package org.iommuref.conformance.report;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Level;
import org.iommuref.spec.spi.CachePolicy;

/**
 * What one run of the suite found about one target; the same run gives the same bytes.
 *
 * @param target its name
 * @param title what it is
 * @param hwInfo what it claims
 * @param seed of the run
 * @param caches the policy of caches of ours
 * @param selection the clauses and seams asked for, in words
 * @param cases how many cases were run
 * @param operations how many operations were judged
 * @param verdicts sorted by clause
 * @param failures one for each failed clause, sorted by clause
 * @param harnessErrors what went wrong in the harness itself, one line each
 */
public record Report(
    String target,
    String title,
    HwInfo hwInfo,
    long seed,
    CachePolicy caches,
    String selection,
    int cases,
    long operations,
    List<ClauseVerdict> verdicts,
    List<Failure> failures,
    List<String> harnessErrors) {

  /** Copies the lists. */
  public Report {
    verdicts = List.copyOf(verdicts);
    failures = List.copyOf(failures);
    harnessErrors = List.copyOf(harnessErrors);
  }

  /** How many clauses have this verdict. */
  public long count(Verdict verdict) {
    return verdicts.stream().filter(v -> v.verdict() == verdict).count();
  }

  /** 0 conformant, 1 not conformant, 2 unverified, 70 broken harness. */
  public int exitCode() {
    return exitCode(Set.of());
  }

  /** The same, where failures of the expected clauses are not counted. */
  int exitCode(Set<ClauseId> expected) {
    if (!harnessErrors.isEmpty() || count(Verdict.BROKEN) > 0) {
      return Exit.BROKEN;
    }
    if (must(Verdict.FAIL).anyMatch(clause -> !expected.contains(clause))) {
      return Exit.NOT_CONFORMANT;
    }
    boolean nothingSeen =
        count(Verdict.PASS) == 0 && must(Verdict.FAIL).noneMatch(expected::contains);
    return nothingSeen || must(Verdict.UNVERIFIED).findAny().isPresent()
        ? Exit.UNVERIFIED
        : Exit.CONFORMANT;
  }

  private Stream<ClauseId> must(Verdict verdict) {
    return verdicts.stream()
        .filter(v -> v.level() == Level.MUST && v.verdict() == verdict)
        .map(ClauseVerdict::clause);
  }
}
