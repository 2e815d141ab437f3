package org.iommuref.hw.vtd;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/**
 * Brings the target {@code vtd-caching-mode}: VT-d units as hypervisors offer them, which cache
 * what is not present (CAP.CM), so that every update has to be told.
 */
public final class CachingModeProvider extends ProvidedTarget {

  /** The name of the target. */
  public static final String NAME = "vtd-caching-mode";

  /** The target. */
  public CachingModeProvider() {
    super(NAME, "Intel VT-d in legacy mode and caching mode, as hypervisors offer it", parts());
  }

  /** The parts of a unit in caching mode. */
  public static VtdParts parts() {
    VtdConfiguration configuration = VtdConfiguration.standard().withCapability(Capability.CM, 1);
    return VtdParts.standard().with(configuration);
  }
}
