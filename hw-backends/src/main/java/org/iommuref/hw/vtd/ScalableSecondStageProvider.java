package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/**
 * Brings the target {@code vtd-scalable-second-stage}: VT-d units in scalable mode without first
 * stage, so that every paging domain is a second-stage table.
 */
public final class ScalableSecondStageProvider implements BackendProvider {

  /** The name of the target. */
  public static final String NAME = "vtd-scalable-second-stage";

  private final VtdTarget target =
      new VtdTarget(
          NAME,
          "Intel VT-d in scalable mode without first stage, devices with ATS; and the driver",
          parts(),
          new DriverParts());

  /** The target. */
  public ScalableSecondStageProvider() {}

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
