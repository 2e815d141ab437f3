package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Brings the target {@code vtd}: VT-d units in legacy mode, as hardware has them. */
public final class VtdProvider extends ProvidedTarget {

  /** The name of the target. */
  public static final String NAME = "vtd";

  /** The target. */
  public VtdProvider() {
    super(
        NAME,
        "Intel VT-d in legacy mode: units with 4 levels of tables, and their driver",
        parts());
  }

  /** The parts of a unit in legacy mode that has snoop control. */
  public static VtdParts parts() {
    return VtdParts.standard()
        .with(VtdConfiguration.standard().withExtendedCapability(ExtendedCapability.SC, 1));
  }
}
