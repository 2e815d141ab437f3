package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/**
 * Brings the target {@code vtd-caching-mode}: VT-d units as hypervisors offer them, which cache
 * what is not present (CAP.CM), so that every update has to be told.
 */
public final class CachingModeProvider implements BackendProvider {

  /** The name of the target. */
  public static final String NAME = "vtd-caching-mode";

  private final VtdTarget target =
      new VtdTarget(
          NAME,
          "Intel VT-d in legacy mode and caching mode, as hypervisors offer it",
          parts(),
          new DriverParts());

  /** The target. */
  public CachingModeProvider() {}

  /** The parts of a unit in caching mode. */
  public static VtdParts parts() {
    VtdConfiguration configuration = VtdConfiguration.standard().withCapability(Capability.CM, 1);
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
