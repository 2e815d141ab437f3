package org.iommuref.hw.vtd;

import java.util.List;
import java.util.Optional;
import java.util.function.IntToLongFunction;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.spi.UnitLibrary;
import org.iommuref.spec.spi.UnitProvider;

/** Brings VT-d units as targets of seam 1, each built otherwise. */
public final class VtdUnits implements UnitLibrary {

  /** The unit of the target {@code vtd-scalable}. */
  public static final String SCALABLE = "vtd-scalable";

  /** The unit that has all that this model can be built with. */
  public static final String FULL = "vtd-full";

  /** The unit in scalable mode that has as little as it may. */
  public static final String PLAIN = "vtd-first-stage";

  /** The unit in scalable mode that has a second stage alone, and no PASIDs. */
  public static final String SECOND = "vtd-second-stage";

  /** The unit in legacy mode that remaps interrupts, and admits none that are not remapped. */
  public static final String INTERRUPTS = "vtd-interrupts";

  private static final int VER = 0x00;
  private static final int CAP = 0x08;
  private static final int ECAP = 0x10;
  private static final long VER_BITS = 0xff;

  /** The library. */
  public VtdUnits() {}

  @Override
  public List<UnitProvider> units() {
    return List.of(
        of(VtdProvider.NAME, "Intel VT-d in legacy mode", VtdParts.standard()),
        of(
            CachingModeProvider.NAME,
            "Intel VT-d in legacy mode and caching mode, as hypervisors offer it",
            CachingModeProvider.parts()),
        of(
            SCALABLE,
            "Intel VT-d in scalable mode, both stages, without device-TLBs",
            VtdParts.standard().with(VtdConfiguration.scalable())),
        of(
            FULL,
            "Intel VT-d with all that the model has: device-TLBs, page requests, interrupts",
            VtdParts.standard().with(full())),
        of(
            PLAIN,
            "Intel VT-d in scalable mode with a first stage of four levels alone",
            VtdParts.standard().with(firstStageAlone())),
        of(
            SECOND,
            "Intel VT-d in scalable mode with a second stage alone, no PASIDs, and faults that are"
                + " merged",
            VtdParts.standard().with(secondStageAlone())),
        of(
            INTERRUPTS,
            "Intel VT-d in legacy mode that admits no interrupt that is not remapped to 32 bits",
            VtdParts.standard().with(strictOnInterrupts())));
  }

  @Override
  public Optional<UnitProvider> like(
      String architecture, IntToLongFunction registers, int hostAddressBits) {
    if (!architecture.equals(VtdUnitProvider.ARCHITECTURE)) {
      return Optional.empty();
    }
    VtdConfiguration standard = VtdConfiguration.standard();
    VtdConfiguration other =
        new VtdConfiguration(
            registers.applyAsLong(VER) & VER_BITS,
            registers.applyAsLong(CAP),
            registers.applyAsLong(ECAP),
            hostAddressBits,
            standard.requestSlots(),
            standard.mergesFaults());
    return Optional.of(
        of("vtd-alike", "A unit that reports what another does", VtdParts.standard().with(other)));
  }

  private static UnitProvider of(String name, String title, VtdParts parts) {
    return new VtdUnitProvider(name, title, parts);
  }

  /** What {@link #FULL} is built as. */
  public static VtdConfiguration full() {
    VtdConfiguration unit =
        VtdConfiguration.scalable()
            .withCapability(Capability.PI, 1)
            .withCapability(Capability.ESRTPS, 1)
            .withCapability(Capability.ESIRTPS, 1)
            .withExtendedCapability(ExtendedCapability.MHMV, 15);
    for (Field field :
        List.of(
            ExtendedCapability.DT,
            ExtendedCapability.NWFS,
            ExtendedCapability.PTRS,
            ExtendedCapability.PRS,
            ExtendedCapability.PDS,
            ExtendedCapability.IR,
            ExtendedCapability.EIM)) {
      unit = unit.withExtendedCapability(field, 1);
    }
    return unit;
  }

  /** What {@link #SECOND} is built as. */
  public static VtdConfiguration secondStageAlone() {
    VtdConfiguration unit =
        VtdConfiguration.scalable()
            .withCapability(Capability.FS5LP, 0)
            .withCapability(Capability.FS1GP, 0)
            .withCapability(Capability.SSLPS, 0)
            .withCapability(Capability.ZLR, 0)
            .withCapability(Capability.MGAW, 47)
            .withCapability(Capability.SAGAW, 1 << ContextEntry.AW_48)
            .withCapability(Capability.NFR, 1)
            .mergingFaults()
            .withExtendedCapability(ExtendedCapability.IR, 1)
            .withExtendedCapability(ExtendedCapability.PSS, 0);
    return without(
        unit,
        ExtendedCapability.FSTS,
        ExtendedCapability.NEST,
        ExtendedCapability.EAFS,
        ExtendedCapability.PASID,
        ExtendedCapability.SRS,
        ExtendedCapability.SC,
        ExtendedCapability.RPRIVS);
  }

  /** What {@link #INTERRUPTS} is built as. */
  public static VtdConfiguration strictOnInterrupts() {
    VtdConfiguration unit = VtdConfiguration.standard();
    for (Field field :
        List.of(
            ExtendedCapability.IR,
            ExtendedCapability.EIM,
            ExtendedCapability.EIMER,
            ExtendedCapability.IRREQ)) {
      unit = unit.withExtendedCapability(field, 1);
    }
    return unit;
  }

  private static VtdConfiguration without(VtdConfiguration unit, Field... features) {
    VtdConfiguration less = unit;
    for (Field feature : features) {
      less = less.withExtendedCapability(feature, 0);
    }
    return less;
  }

  /** What {@link #PLAIN} is built as. */
  public static VtdConfiguration firstStageAlone() {
    VtdConfiguration unit =
        VtdConfiguration.scalable()
            .withCapability(Capability.ND, 2)
            .withCapability(Capability.NFR, 0)
            .withCapability(Capability.FS5LP, 0)
            .withCapability(Capability.FS1GP, 0)
            .withExtendedCapability(ExtendedCapability.PSS, 11);
    return without(
        unit,
        ExtendedCapability.SSTS,
        ExtendedCapability.NEST,
        ExtendedCapability.SSADS,
        ExtendedCapability.EAFS,
        ExtendedCapability.SRS,
        ExtendedCapability.SC,
        ExtendedCapability.PT,
        ExtendedCapability.RPS,
        ExtendedCapability.RPRIVS,
        ExtendedCapability.SMPWCS,
        ExtendedCapability.ADMS);
  }
}
