package org.iommuref.conformance.junit;

import org.iommuref.conformance.target.Target;
import org.iommuref.model.ideal.IdealProvider;

/** What a stranger writes: no test here may fail. */
class IdealConformanceTest extends IommuConformance {

  @Override
  protected Target target() {
    return Target.of(new IdealProvider());
  }
}
