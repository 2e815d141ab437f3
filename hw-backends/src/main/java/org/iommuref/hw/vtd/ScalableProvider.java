package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/** Brings the target {@code vtd-scalable}: VT-d units in scalable mode. */
public final class ScalableProvider implements BackendProvider {

  /** The name of the target. */
  public static final String NAME = "vtd-scalable";

  private final VtdTarget target =
      new VtdTarget(
          NAME,
          "Intel VT-d in scalable mode: first-stage domains, PASIDs, devices with ATS; and the"
              + " driver",
          parts(),
          new DriverParts());

  /** The target. */
  public ScalableProvider() {}

  /** The parts of a unit that has scalable mode with all that it brings. */
  public static VtdParts parts() {
    VtdConfiguration configuration =
        VtdConfiguration.scalable()
            .withExtendedCapability(ExtendedCapability.DT, 1)
            .withExtendedCapability(ExtendedCapability.PRS, 1)
            .withExtendedCapability(ExtendedCapability.PDS, 1);
    return VtdParts.standard().with(configuration);
  }

  @Override
  public String name() {
    return target.name();
  }

  @Override
  public String title() {
    return target.title();
  }

  @Override
  public HwInfo hwInfo() {
    return target.hwInfo();
  }

  @Override
  public IommuBackend open(Environment environment) {
    return target.open(environment);
  }
}
