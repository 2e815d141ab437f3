package org.iommuref.conformance.target;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.IntToLongFunction;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.unit.IommuUnit;

/** What a unit claims at seam 1, by its capability registers. */
public final class UnitClaims {

  private static final String VTD = "vtd";
  private static final int CAP = 0x08;
  private static final int ECAP = 0x10;

  private static final long PAGE = 1L << 12;
  private static final long LARGE = 1L << 21;
  private static final long HUGE = 1L << 30;

  /** What no register tells. */
  private static final Set<Capability> TOLD =
      EnumSet.of(Capability.TRANSLATION_CACHE, Capability.DRAIN, Capability.FAULT_MERGING);

  private UnitClaims() {}

  /** Whether there is a suite of seam 1 for an architecture. */
  public static boolean hasSuite(String architecture) {
    return architecture.equals(VTD);
  }

  /** Whether a capability of a unit is told beside its registers, because none of them tells it. */
  public static boolean isTold(Capability capability) {
    return TOLD.contains(capability);
  }

  /**
   * The claims of a unit after power-on.
   *
   * @param architecture of the unit
   * @param unit whose registers are read
   * @param beside what it is known to do, beside caching translations, that no register tells
   * @param stimulus what can be raised in front of it
   * @throws IllegalArgumentException if no suite of seam 1 is there for the architecture
   */
  public static HwInfo of(
      String architecture, IommuUnit unit, Set<Capability> beside, Set<Capability> stimulus) {
    Set<Capability> told = EnumSet.of(Capability.TRANSLATION_CACHE);
    told.addAll(beside);
    return of(architecture, offset -> unit.readRegister(offset, Long.BYTES), told, stimulus);
  }

  /**
   * The claims of a unit after power-on of which more is told than its registers say.
   *
   * @param architecture of the unit
   * @param registers the 8 bytes at an offset
   * @param told what it can do; looked at where no register tells: a cache of translations, an
   *     effect that is seen apart, faults that are merged
   * @param stimulus what can be raised in front of it
   * @throws IllegalArgumentException if no suite of seam 1 is there for the architecture
   */
  public static HwInfo of(
      String architecture,
      IntToLongFunction registers,
      Set<Capability> told,
      Set<Capability> stimulus) {
    if (!hasSuite(architecture)) {
      throw new IllegalArgumentException("no suite at seam 1 for '" + architecture + "'");
    }
    return ofVtd(registers.applyAsLong(CAP), registers.applyAsLong(ECAP), told, stimulus);
  }

  /** Manual 11.4.2 and 11.4.3. */
  private static HwInfo ofVtd(long cap, long ecap, Set<Capability> told, Set<Capability> stimulus) {
    Set<Capability> unit =
        EnumSet.of(
            Capability.VTD,
            Capability.FAULT_RECORDS,
            Capability.FAULT_OVERFLOW,
            Capability.WRITE_ONLY_PAGES);
    claim(unit, Capability.LARGE_PAGES, bit(cap, 34));
    claim(unit, Capability.ZERO_LENGTH_READS, bit(cap, 22));
    claim(unit, Capability.CACHING_MODE, bit(cap, 7));
    claim(unit, Capability.IDENTITY, bit(ecap, 6));
    claim(unit, Capability.VTD_SCALABLE, bit(ecap, 43));
    claim(unit, Capability.PASID, bit(ecap, 40));
    claim(unit, Capability.NESTING, bit(ecap, 26));
    TOLD.forEach(capability -> claim(unit, capability, told.contains(capability)));
    int widest = 63 - Long.numberOfLeadingZeros(cap >>> 8 & 0x1f);
    return new HwInfo(
        VTD,
        PAGE | (bit(cap, 34) ? LARGE : 0) | (bit(cap, 35) ? HUGE : 0),
        30 + 9 * widest,
        bit(ecap, 40) ? 1 << ((int) (ecap >>> 35 & 0x1f) + 1) : 0,
        unit,
        stimulus);
  }

  private static void claim(Set<Capability> unit, Capability capability, boolean has) {
    if (has) {
      unit.add(capability);
    }
  }

  private static boolean bit(long register, int bit) {
    return (register >>> bit & 1) != 0;
  }
}
