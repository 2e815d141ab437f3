package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/**
 * Brings the target {@code vtd-scalable-second-stage}: VT-d units in scalable mode without first
 * stage, so that every paging domain is a second-stage table.
 */
public final class ScalableSecondStageProvider extends ProvidedTarget {

  /** The name of the target. */
  public static final String NAME = "vtd-scalable-second-stage";

  /** The target. */
  public ScalableSecondStageProvider() {
    super(
        NAME,
        "Intel VT-d in scalable mode without first stage, devices with ATS; and the driver",
        parts());
  }

  /** The parts of a unit that has scalable mode with a second stage alone. */
  public static VtdParts parts() {
    VtdConfiguration configuration =
        VtdConfiguration.scalable()
            .withCapability(Capability.FS5LP, 0)
            .withCapability(Capability.FS1GP, 0)
            .withExtendedCapability(ExtendedCapability.FSTS, 0)
            .withExtendedCapability(ExtendedCapability.EAFS, 0)
            .withExtendedCapability(ExtendedCapability.NEST, 0)
            .withExtendedCapability(ExtendedCapability.DT, 1);
    return VtdParts.standard().with(configuration);
  }
}
