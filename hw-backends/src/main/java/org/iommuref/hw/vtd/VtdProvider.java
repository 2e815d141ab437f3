package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/** Brings the target {@code vtd}: VT-d units in legacy mode, as hardware has them. */
public final class VtdProvider implements BackendProvider {

  /** The name of the target. */
  public static final String NAME = "vtd";

  private final VtdTarget target =
      new VtdTarget(
          NAME,
          "Intel VT-d in legacy mode: units with 4 levels of tables, and their driver",
          VtdParts.standard(),
          new DriverParts());

  /** The target. */
  public VtdProvider() {}

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
