package org.iommuref.hw.vtd.driver;

import java.util.EnumSet;
import java.util.Set;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;

/** What a driver over VT-d units says of itself before it is judged. */
final class VtdClaims {

  private static final String ARCHITECTURE = "vtd";

  private VtdClaims() {}

  static HwInfo of(UnitAbilities abilities) {
    return new HwInfo(
        ARCHITECTURE,
        abilities.pageSizes(),
        abilities.addressBits(),
        abilities.pasids(),
        unit(abilities),
        stimulus(abilities));
  }

  private static Set<Capability> unit(UnitAbilities abilities) {
    Set<Capability> claims =
        EnumSet.of(
            Capability.TRANSLATION_CACHE, Capability.FAULT_RECORDS, Capability.FAULT_OVERFLOW);
    if (abilities.scalable().usable()) {
      claims.add(Capability.VTD_SCALABLE);
    } else {
      claims.addAll(EnumSet.of(Capability.HITLESS_REPLACE, Capability.VTD));
    }
    if (abilities.nests()) {
      claims.add(Capability.NESTING);
    }
    if (abilities.enforcesCoherency()) {
      claims.add(Capability.ENFORCED_COHERENCY);
    }
    if (abilities.tracksDirty()) {
      claims.add(Capability.DIRTY_TRACKING);
    }
    if (abilities.hasPasids()) {
      claims.add(Capability.PASID);
      claims.add(Capability.ENDING_TABLES);
    }
    if (!abilities.prefersFirstStage()) {
      claims.add(Capability.WRITE_ONLY_PAGES);
    }
    if (Long.bitCount(abilities.pageSizes()) > 1) {
      claims.add(Capability.LARGE_PAGES);
    }
    if (abilities.passThrough()) {
      claims.add(Capability.IDENTITY);
    }
    if (abilities.zeroLengthReads() && !abilities.prefersFirstStage()) {
      claims.add(Capability.ZERO_LENGTH_READS);
    }
    if (abilities.drains()) {
      claims.add(Capability.DRAIN);
    }
    if (abilities.cachingMode()) {
      claims.add(Capability.CACHING_MODE);
    }
    return claims;
  }

  /** What the devices can raise; the topology decides how many there are. */
  private static Set<Capability> stimulus(UnitAbilities abilities) {
    Set<Capability> claims =
        EnumSet.of(
            Capability.STIMULUS_PASID,
            Capability.STIMULUS_ATOMIC,
            Capability.STIMULUS_ZERO_LENGTH_READ,
            Capability.TWO_DEVICES,
            Capability.TWO_UNITS,
            Capability.SHARED_GROUP,
            Capability.FAILING_ATTACH,
            Capability.PCI_FUNCTIONS,
            Capability.RESERVED_REGIONS);
    if (abilities.scalable().usable()) {
      claims.add(Capability.DAMAGED_COMMANDS);
    }
    if (abilities.scalable().usable() && abilities.scalable().deviceTlbs()) {
      claims.add(Capability.KEEPING_DEVICES);
    }
    if (abilities.scalable().usable() && abilities.scalable().pageRequests()) {
      claims.add(Capability.PAGE_REQUESTS);
    }
    return claims;
  }
}
