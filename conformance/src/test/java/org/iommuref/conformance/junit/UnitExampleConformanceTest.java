package org.iommuref.conformance.junit;

import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.NeedsPython;
import org.iommuref.conformance.process.NoHelloException;
import org.iommuref.conformance.process.ProcessTarget;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.wire.Hello;

/** What a stranger with a unit in another process writes: no test here may fail. */
@NeedsPython
class UnitExampleConformanceTest extends IommuConformance {

  @Override
  protected Target target() throws NoHelloException {
    return ProcessTarget.start(Adapters.unitExample(), Hello.UNIT_SEAM, Adapters.patient());
  }
}
