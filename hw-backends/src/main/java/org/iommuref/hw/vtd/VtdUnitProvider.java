package org.iommuref.hw.vtd;

import java.util.Set;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.hw.vtd.unit.VtdUnit;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.UnitProvider;
import org.iommuref.spec.unit.BusUnit;

/**
 * A unit of these parts as a target of seam 1.
 *
 * @param name of the target
 * @param title what it is, in one line
 * @param parts what it is made of
 */
public record VtdUnitProvider(String name, String title, VtdParts parts) implements UnitProvider {

  /** The architecture of every VT-d unit. */
  static final String ARCHITECTURE = "vtd";

  @Override
  public String architecture() {
    return ARCHITECTURE;
  }

  @Override
  public int hostAddressBits() {
    return parts.configuration().hostAddressBits();
  }

  @Override
  public Set<Capability> told() {
    return parts.configuration().mergesFaults() ? Set.of(Capability.FAULT_MERGING) : Set.of();
  }

  @Override
  public BusUnit open(Environment environment) {
    return new VtdUnit(parts, environment);
  }
}
