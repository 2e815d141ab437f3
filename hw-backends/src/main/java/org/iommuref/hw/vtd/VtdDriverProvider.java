package org.iommuref.hw.vtd;

import java.util.List;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.VtdBackend;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.DriverProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.unit.IommuUnit;

/** Brings the driver of VT-d units, for units that are not ours. */
public final class VtdDriverProvider implements DriverProvider {

  /** The driver. */
  public VtdDriverProvider() {}

  @Override
  public String architecture() {
    return "vtd";
  }

  @Override
  public HwInfo claims(IommuUnit unit) {
    return VtdBackend.claims(read(unit, Register.CAP), read(unit, Register.ECAP));
  }

  @Override
  public IommuBackend start(Environment environment, List<IommuUnit> units) {
    return VtdBackend.start(environment, units, new DriverParts());
  }

  private static long read(IommuUnit unit, Register register) {
    return unit.readRegister(register.offset(), register.width());
  }
}
