package org.iommuref.model.ideal;

import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;

/** Brings the target {@code ideal}. */
public final class IdealProvider implements BackendProvider {

  @Override
  public String name() {
    return "ideal";
  }

  @Override
  public String title() {
    return "an IOMMU without caches: every change is visible at once";
  }

  @Override
  public HwInfo hwInfo() {
    return IdealBackend.HW_INFO;
  }

  @Override
  public IommuBackend open(Environment environment) {
    return new IdealBackend(environment.topology(), environment.memory());
  }
}
