package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/**
 * Brings the target {@code vtd-scalable-caching-mode}: VT-d units in scalable mode that cache what
 * is not present (CAP.CM), and have a second stage alone: of a first stage nothing that is absent
 * is cached.
 */
public final class ScalableCachingModeProvider implements BackendProvider {

  /** The name of the target. */
  public static final String NAME = "vtd-scalable-caching-mode";

  private final VtdTarget target =
      new VtdTarget(
          NAME,
          "Intel VT-d in scalable mode and caching mode, and its driver",
          parts(),
          new DriverParts());

  /** The target. */
  public ScalableCachingModeProvider() {}

  /** The parts of a unit that has scalable mode with a second stage alone, in caching mode. */
  public static VtdParts parts() {
    VtdParts secondStage = ScalableSecondStageProvider.parts();
    return secondStage.with(
        secondStage
            .configuration()
            .withCapability(Capability.CM, 1)
            .withExtendedCapability(ExtendedCapability.DT, 0));
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
