package org.iommuref.conformance.cases;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;

/**
 * What a generated sequence can be about beside maps and accesses: each has a few themes, so that
 * what belongs together meets often.
 */
enum Theme {
  /** What devices have written. DIRTY. */
  RECORDING(Capability.DIRTY_TRACKING),
  /** Tables of a user on a domain. NEST. */
  NESTING(Capability.NESTING, Capability.VTD_SCALABLE),
  /** Page requests and their answers. PRQ. */
  REQUESTS(Capability.PAGE_REQUESTS),
  /** Devices that keep translations, that miss an invalidation or go away. ATS. */
  KEEPING(Capability.KEEPING_DEVICES),
  /** Domains that enforce cache coherency. DOM-011. */
  COHERENCY(Capability.ENFORCED_COHERENCY, Capability.KEEPING_DEVICES),
  /** Commands that hardware refuses. INV-020. */
  DAMAGE(Capability.DAMAGED_COMMANDS);

  /** More in one sequence would leave too few of each. */
  static final int MOST = 3;

  private final Capability first;
  private final Capability second;

  Theme(Capability only) {
    this(only, only);
  }

  Theme(Capability first, Capability second) {
    this.first = first;
    this.second = second;
  }

  /** Those that an implementation with these claims can be given. */
  static List<Theme> of(HwInfo claims) {
    return Stream.of(values())
        .filter(theme -> claims.has(theme.first) && claims.has(theme.second))
        .toList();
  }
}
