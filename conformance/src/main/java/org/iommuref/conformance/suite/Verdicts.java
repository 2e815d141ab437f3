package org.iommuref.conformance.suite;

import java.util.Objects;
import org.iommuref.conformance.report.ClauseVerdict;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.model.oracle.Branch;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.clause.ClauseDefinition;
import org.jspecify.annotations.Nullable;

/** From what was seen of a clause to its verdict. */
final class Verdicts {

  private Verdicts() {}

  static ClauseVerdict of(ClauseDefinition definition, Tally tally, HwInfo claims) {
    Verdict verdict = verdict(definition, tally, claims);
    return new ClauseVerdict(
        definition.id(),
        definition.level(),
        definition.title(),
        verdict,
        reason(verdict, definition, tally, claims),
        tally.cases,
        tally.witnesses(),
        tally.failing());
  }

  private static Verdict verdict(ClauseDefinition definition, Tally tally, HwInfo claims) {
    if (tally.broken != null) {
      return Verdict.BROKEN;
    }
    if (tally.failure != null) {
      return Verdict.FAIL;
    }
    if (missingCapability(definition, claims) != null) {
      return Verdict.NOT_CLAIMED;
    }
    if (definition.check() == Check.MODEL_ONLY || definition.check() == Check.UNTESTED) {
      return Verdict.UNTESTED;
    }
    if (!tally.claimable) {
      boolean hasCases = tally.nothingToShow || tally.unclaimed != null;
      return hasCases ? Verdict.NOT_CLAIMED : Verdict.UNTESTED;
    }
    return tally.missing() == null ? Verdict.PASS : Verdict.UNVERIFIED;
  }

  private static String reason(
      Verdict verdict, ClauseDefinition definition, Tally tally, HwInfo claims) {
    return switch (verdict) {
      case PASS -> "";
      case FAIL -> tally.failure == null ? "" : tally.failure.why();
      case BROKEN -> tally.broken == null ? "" : tally.broken;
      case NOT_CLAIMED -> notClaimed(definition, tally, claims);
      case UNVERIFIED -> "never seen: " + inWords(tally.missing());
      case UNTESTED -> definition.why().orElse("no case was run");
    };
  }

  private static String notClaimed(ClauseDefinition definition, Tally tally, HwInfo claims) {
    Capability missing = missingCapability(definition, claims);
    if (missing != null) {
      return "the target does not claim " + missing;
    }
    return Objects.requireNonNullElse(
        tally.unclaimed, "the unit reports nothing that could show it");
  }

  private static String inWords(@Nullable Branch branch) {
    if (branch == null) {
      return "nothing";
    }
    return switch (branch) {
      case MUST_SUCCEED -> "an outcome that must succeed";
      case MUST_FAULT -> "an outcome that must fault";
      case STALE_USED ->
          "a removed translation used before its sync, by a target that claims a cache";
      case MAY -> "another of the allowed outcomes";
    };
  }

  private static @Nullable Capability missingCapability(
      ClauseDefinition definition, HwInfo claims) {
    return definition.needs().stream().filter(need -> !claims.has(need)).findFirst().orElse(null);
  }
}
