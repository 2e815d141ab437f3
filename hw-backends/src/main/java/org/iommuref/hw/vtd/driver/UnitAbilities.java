package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;

/**
 * What the capability registers of one or more units let the driver promise.
 *
 * @param widths SAGAW: bit n set if AW of a context entry may be n
 * @param largePages SSLPS: bit 0 for 2 MiB, bit 1 for 1 GiB
 * @param passThrough whether context entries may pass addresses through
 * @param cachingMode whether what is not present may be cached
 * @param zeroLengthReads ZLR: whether a zero-length read of a write-only page succeeds
 * @param drains whether an invalidation can wait for reads and writes
 * @param scalable what they offer of scalable mode
 */
record UnitAbilities(
    long widths,
    long largePages,
    boolean passThrough,
    boolean cachingMode,
    boolean zeroLengthReads,
    boolean drains,
    ScalableAbilities scalable) {

  private static final long PAGE_4_KIB = 1L << 12;
  private static final int LARGE_PAGE_SHIFT = 21;
  private static final int SHIFT_OF_EACH = 9;

  /** Of a unit with these values of CAP and ECAP. */
  static UnitAbilities of(long cap, long ecap) {
    return new UnitAbilities(
        Capability.SAGAW.get(cap),
        Capability.SSLPS.get(cap),
        ExtendedCapability.PT.isSet(ecap),
        Capability.CM.isSet(cap),
        Capability.ZLR.isSet(cap),
        Capability.DRD.isSet(cap) && Capability.DWD.isSet(cap),
        ScalableAbilities.of(cap, ecap));
  }

  /** Of two sets of units together: a domain has to fit all of them. */
  UnitAbilities and(UnitAbilities other) {
    return new UnitAbilities(
        widths & other.widths,
        largePages & other.largePages,
        passThrough && other.passThrough,
        cachingMode || other.cachingMode,
        zeroLengthReads && other.zeroLengthReads,
        drains && other.drains,
        scalable.and(other.scalable));
  }

  /**
   * AW of every entry: 48 bits where the units have them, else 39.
   *
   * @throws IllegalStateException if the units have neither in common
   */
  int addressWidth() {
    for (int width : new int[] {ContextEntry.AW_48, ContextEntry.AW_39}) {
      if ((widths >>> width & 1) != 0) {
        return width;
      }
    }
    throw new IllegalStateException("no address width of 39 or 48 bits fits every unit (SAGAW)");
  }

  /** Whether PASIDs have domains of their own. */
  boolean hasPasids() {
    return pasids() > 0;
  }

  /** PASIDs run to below this; 0 if the units take none. */
  int pasids() {
    return scalable.usable() && scalable.pasidBits() > 0
        ? Math.min(ScalableContexts.pasids(), 1 << scalable.pasidBits())
        : 0;
  }

  /** Whether a user's first stage can be nested on a second stage. */
  boolean nests() {
    return scalable.usable() && scalable.nesting();
  }

  /** Whether domains can have accesses snooped, in either mode. */
  boolean enforcesCoherency() {
    return scalable.snoopControl();
  }

  /** Whether a second stage can record what devices write. */
  boolean tracksDirty() {
    return scalable.usable() && scalable.secondStage() && scalable.dirtyTracking();
  }

  /** Whether a domain is a first-stage table unless more is asked of it. */
  boolean prefersFirstStage() {
    return scalable.usable() && scalable.firstStage();
  }

  /** The bits of address of a domain of which nothing special is asked. */
  int addressBits() {
    return prefersFirstStage()
        ? new FirstStage(firstStageLevels(), PAGE_4_KIB).inputBits()
        : ContextEntry.addressBits(addressWidth());
  }

  /** The levels of the first stage. */
  int firstStageLevels() {
    return scalable.fiveLevels() ? 5 : 4;
  }

  /** The page sizes of a domain of which nothing special is asked, as a bitmap in bytes. */
  long pageSizes() {
    return prefersFirstStage() ? firstStageSizes() : secondStageSizes();
  }

  /** The page sizes of the first stage: 2 MiB is always among them. */
  long firstStageSizes() {
    long large = 1L << LARGE_PAGE_SHIFT;
    return PAGE_4_KIB | large | (scalable.gigabytePages() ? large << SHIFT_OF_EACH : 0);
  }

  /** The page sizes of the second stage. */
  long secondStageSizes() {
    long sizes = PAGE_4_KIB;
    for (int bit = 0; bit < 2; bit++) {
      sizes |= ((largePages >>> bit) & 1) << (LARGE_PAGE_SHIFT + SHIFT_OF_EACH * bit);
    }
    return sizes;
  }
}
