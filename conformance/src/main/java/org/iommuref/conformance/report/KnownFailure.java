package org.iommuref.conformance.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
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
 * @param failing of each case that fails by name how far, as {@link FailingCase#extent} says it;
 *     empty if any failure of the clause is the one that is meant
 */
public record KnownFailure(
    ClauseId clause,
    String target,
    String seen,
    String says,
    String source,
    String confidence,
    int seam,
    Map<String, String> failing) {

  /** Copies the map. */
  public KnownFailure {
    failing = Collections.unmodifiableMap(new LinkedHashMap<>(failing));
  }

  /** One that is expected at every seam, whatever fails of the clause. */
  public KnownFailure(
      ClauseId clause, String target, String seen, String says, String source, String confidence) {
    this(clause, target, seen, says, source, confidence, 0, Map.of());
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

  /** Why the expectation is not met; empty if the clause failed, and as far as was expected. */
  Optional<String> problem(Report report) {
    Optional<ClauseVerdict> verdict =
        report.verdicts().stream().filter(v -> v.clause().equals(clause)).findFirst();
    if (verdict.isEmpty()) {
      return Optional.of("is a known failure, but was not selected");
    }
    if (verdict.get().verdict() != Verdict.FAIL) {
      return Optional.of(
          "is a known failure, but the verdict is " + verdict.get().verdict().word());
    }
    String others = failing.isEmpty() ? "" : difference(verdict.get());
    return others.isEmpty()
        ? Optional.empty()
        : Optional.of("is a known failure, but not as it is listed: " + others);
  }

  /** What fails beyond what is listed, less than that, or otherwise. */
  private String difference(ClauseVerdict verdict) {
    Map<String, String> found =
        verdict.failing().stream()
            .collect(Collectors.toMap(FailingCase::name, FailingCase::extent));
    Set<String> names = new TreeSet<>(found.keySet());
    names.addAll(failing.keySet());
    return names.stream()
        .filter(name -> !found.getOrDefault(name, "").equals(failing.getOrDefault(name, "")))
        .map(name -> "'%s' fails %s".formatted(name, found.getOrDefault(name, "nowhere")))
        .collect(Collectors.joining("; "));
  }
}
