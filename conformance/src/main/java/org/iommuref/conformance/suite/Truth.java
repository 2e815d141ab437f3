package org.iommuref.conformance.suite;

import org.iommuref.conformance.target.IommufdTarget;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.model.iommufd.ModelProvider;
import org.jspecify.annotations.Nullable;

/**
 * Whether a part of a case still expects what is right.
 *
 * <p>An oracle judges any sequence. A program, and a case of a unit, say themselves what they
 * expect, and each of their steps is what they expect of the next: a part of one is held to
 * something that is right first.
 */
interface Truth {

  /** Whether whoever is right keeps the shorter case. */
  boolean holds(Case shorter);

  /**
   * The truth about parts of a case, which is run with {@code config}; null if there is none to be
   * had.
   */
  static @Nullable Truth of(Case whole, Target target, SessionConfig config) {
    return switch (whole.layer()) {
      case BACKEND, CORE -> shorter -> true;
      case IOMMUFD -> ofModel(config);
      case UNIT -> UnitTruth.of(whole, target, config);
    };
  }

  private static Truth ofModel(SessionConfig config) {
    CaseRunner model = new CaseRunner(IommufdTarget.of(ModelProvider.mock()));
    return shorter -> model.run(shorter, config) instanceof CaseResult.Allowed;
  }
}
