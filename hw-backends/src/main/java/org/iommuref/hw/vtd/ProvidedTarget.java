package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/** A target that a ServiceLoader finds, which needs a class for each: one make of units. */
abstract sealed class ProvidedTarget implements BackendProvider
    permits VtdProvider,
        CachingModeProvider,
        ScalableProvider,
        ScalableSecondStageProvider,
        ScalableCachingModeProvider {

  private final VtdTarget target;

  /** Units made of {@code unit}, and the driver as it is. */
  ProvidedTarget(String name, String title, VtdParts unit) {
    this.target = new VtdTarget(name, title, unit, new DriverParts());
  }

  @Override
  public final String name() {
    return target.name();
  }

  @Override
  public final String title() {
    return target.title();
  }

  @Override
  public final HwInfo hwInfo() {
    return target.hwInfo();
  }

  @Override
  public final IommuBackend open(Environment environment) {
    return target.open(environment);
  }
}
