package org.iommuref.conformance.suite;

import java.util.Optional;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.jspecify.annotations.Nullable;

/** Why a case is not for a target. */
final class Unclaimed {

  private Unclaimed() {}

  /** In a few words; null for a case that is for it. */
  static @Nullable String why(Case one, HwInfo claims) {
    Optional<Capability> missing =
        one.needs().stream().filter(need -> !claims.has(need)).sorted().findFirst();
    if (missing.isPresent()) {
      return "the target does not claim " + missing.get() + ", which its cases need";
    }
    Optional<Capability> unwanted = one.lacks().stream().filter(claims::has).sorted().findFirst();
    if (unwanted.isPresent()) {
      return "the target claims " + unwanted.get() + ", without which its cases are";
    }
    return (one.pageSizes() & ~claims.pageSizes()) == 0
        ? null
        : "the target has no pages of the sizes that its cases map";
  }
}
