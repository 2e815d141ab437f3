package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdParts;

/**
 * Brings the target {@code vtd-scalable-caching-mode}: VT-d units in scalable mode that cache what
 * is not present (CAP.CM), and have a second stage alone: of a first stage nothing that is absent
 * is cached.
 */
public final class ScalableCachingModeProvider extends ProvidedTarget {

  /** The name of the target. */
  public static final String NAME = "vtd-scalable-caching-mode";

  /** The target. */
  public ScalableCachingModeProvider() {
    super(NAME, "Intel VT-d in scalable mode and caching mode, and its driver", parts());
  }

  /** The parts of a unit that has scalable mode with a second stage alone, in caching mode. */
  public static VtdParts parts() {
    VtdParts secondStage = ScalableSecondStageProvider.parts();
    return secondStage.with(
        secondStage
            .configuration()
            .withCapability(Capability.CM, 1)
            .withExtendedCapability(ExtendedCapability.DT, 0));
  }
}
