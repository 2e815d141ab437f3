package org.iommuref.conformance.report;

import java.util.List;
import org.iommuref.spec.spi.CachePolicy;

/**
 * What one run found about all its targets; the same run gives the same bytes of {@code
 * report.json}.
 *
 * @param settings what was asked for
 * @param targets in the order in which they were judged
 */
public record RunReport(Settings settings, List<TargetResult> targets) {

  /** Copies the list. */
  public RunReport {
    targets = List.copyOf(targets);
  }

  /**
   * What decides a run, beside its targets.
   *
   * @param seam at which the targets are judged
   * @param clauses globs over clause ids; empty for all clauses
   * @param seed of everything that is generated
   * @param cases how many cases are generated
   * @param caches the policy of caches of ours
   * @param validate whether messages of a child process are held against their schemas
   */
  public record Settings(
      int seam, List<String> clauses, long seed, int cases, CachePolicy caches, boolean validate) {

    /** Copies the list. */
    public Settings {
      clauses = List.copyOf(clauses);
    }
  }

  /** The worst of the targets' exit codes. */
  public int exitCode() {
    return targets.stream().mapToInt(TargetResult::exitCode).reduce(Exit.CONFORMANT, Exit::worse);
  }

  /**
   * Where the replay file of a failure lies in the report's folder: {@code failures/INV-001.json},
   * and {@code failures/INV-001.2.json} where an earlier target fails the same clause and this is
   * the second.
   *
   * @param target the index of the failing target, from 0
   */
  String replayFile(int target, Failure failure) {
    boolean taken =
        targets.subList(0, target).stream()
            .anyMatch(
                earlier ->
                    earlier instanceof TargetResult.Judged judged
                        && judged.report().failures().stream()
                            .anyMatch(other -> other.clause().equals(failure.clause())));
    return "failures/" + failure.clause() + (taken ? "." + (target + 1) : "") + ".json";
  }
}
