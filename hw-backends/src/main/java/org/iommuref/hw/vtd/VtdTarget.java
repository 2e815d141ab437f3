package org.iommuref.hw.vtd;

import java.util.stream.IntStream;
import org.iommuref.hw.vtd.driver.DriverParts;
import org.iommuref.hw.vtd.driver.VtdBackend;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.hw.vtd.unit.VtdUnit;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.BackendProvider;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.unit.IommuUnit;

/**
 * A driver over units of one make: a target of the suite.
 *
 * @param name of the target
 * @param title what it is, in one line
 * @param unit what each unit is made of
 * @param driver what the driver is made of
 */
public record VtdTarget(String name, String title, VtdParts unit, DriverParts driver)
    implements BackendProvider {

  @Override
  public HwInfo hwInfo() {
    return VtdBackend.claims(
        unit.configuration().capability(), unit.configuration().extendedCapability());
  }

  /** As many units as the topology has, and a driver that has made them translate. */
  @Override
  public IommuBackend open(Environment environment) {
    return VtdBackend.start(
        environment,
        IntStream.range(0, environment.topology().units())
            .<IommuUnit>mapToObj(n -> new VtdUnit(unit, environment))
            .toList(),
        driver);
  }
}
