package org.iommuref.conformance.suite;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.conformance.report.ClauseVerdict.Witnesses;
import org.iommuref.conformance.report.FailingCase;
import org.iommuref.conformance.report.Failure;
import org.iommuref.model.oracle.Branch;
import org.jspecify.annotations.Nullable;

/** What has been seen of one clause so far. */
final class Tally {

  private final Map<Branch, Long> seen = new EnumMap<>(Branch.class);
  private final Set<Branch> needed = EnumSet.noneOf(Branch.class);
  private final List<FailingCase> failing = new ArrayList<>();
  int cases;
  boolean claimable;
  boolean nothingToShow;
  @Nullable String unclaimed;
  @Nullable Failure failure;
  @Nullable String broken;

  void witness(Branch branch) {
    seen.merge(branch, 1L, Long::sum);
  }

  /** A branch without which the clause is unverified. */
  void need(Branch branch) {
    needed.add(branch);
  }

  /** A case of which all that failed is known. */
  void failed(FailingCase one) {
    failing.add(one);
  }

  List<FailingCase> failing() {
    return failing;
  }

  /** A branch that applies and was never exercised, or null. */
  @Nullable Branch missing() {
    for (Branch branch : needed) {
      if (count(branch) == 0) {
        return branch;
      }
    }
    return null;
  }

  Witnesses witnesses() {
    return new Witnesses(
        count(Branch.MUST_SUCCEED),
        count(Branch.MUST_FAULT),
        count(Branch.STALE_USED),
        count(Branch.MAY));
  }

  private long count(Branch branch) {
    return seen.getOrDefault(branch, 0L);
  }
}
