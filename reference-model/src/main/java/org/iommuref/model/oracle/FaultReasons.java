package org.iommuref.model.oracle;

import java.util.Set;
import org.iommuref.model.oracle.ExpectedFaults.Expected;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.jspecify.annotations.Nullable;

/**
 * The reason codes by which an architecture says why it refused an access.
 *
 * <p>An architecture is a file of its own, registered in {@link #of}.
 */
interface FaultReasons {

  /** The codes that say one cause, and the clause that fixes them. */
  record Rule(Set<Integer> codes, ClauseId clause) {

    String inWords() {
      StringBuilder words = new StringBuilder();
      codes.forEach(
          code ->
              words.append(words.isEmpty() ? "" : " or ").append("0x" + Integer.toHexString(code)));
      return words.toString();
    }
  }

  /** The codes for this access, or null if the architecture leaves them open. */
  @Nullable Rule rule(Expected access);

  /** The reasons of what an implementation says it is; none for one that is not known here. */
  static FaultReasons of(HwInfo claims) {
    if (claims.has(Capability.VTD)) {
      return new VtdFaultReasons();
    }
    return claims.has(Capability.VTD_SCALABLE)
        ? new VtdScalableFaultReasons(claims.has(Capability.WRITE_ONLY_PAGES))
        : access -> null;
  }
}
