package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Brings the target {@code vtd-scalable}: VT-d units in scalable mode. */
public final class ScalableProvider extends ProvidedTarget {

  /** The name of the target. */
  public static final String NAME = "vtd-scalable";

  /** The target. */
  public ScalableProvider() {
    super(
        NAME,
        "Intel VT-d in scalable mode: first-stage domains, PASIDs, devices with ATS; and the"
            + " driver",
        parts());
  }

  /** The parts of a unit that has scalable mode with all that it brings. */
  public static VtdParts parts() {
    VtdConfiguration configuration =
        VtdConfiguration.scalable()
            .withExtendedCapability(ExtendedCapability.DT, 1)
            .withExtendedCapability(ExtendedCapability.DIT, 1)
            .withExtendedCapability(ExtendedCapability.PRS, 1)
            .withExtendedCapability(ExtendedCapability.PDS, 1);
    return VtdParts.standard().with(configuration);
  }
}
