package org.iommuref.hw.vtd.unit;

import java.util.List;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.Version;
import org.iommuref.spec.access.AccessKind;

/**
 * What a unit is built as: the values of VER, CAP and ECAP, and what no register tells.
 *
 * @param version VER; the major version is 1 to 5, so that invalidation through registers works,
 *     and from 2 on every invalidation drains
 * @param capability CAP
 * @param extendedCapability ECAP
 * @param hostAddressBits the width of host physical addresses; firmware tells software
 * @param requestSlots how many requests are under way at once
 * @param mergesFaults whether a fault leaves no record while one of its requester is pending
 */
public record VtdConfiguration(
    long version,
    long capability,
    long extendedCapability,
    int hostAddressBits,
    int requestSlots,
    boolean mergesFaults) {

  private static final int FAULT_RECORDS_AT = 0x400;
  private static final int IOTLB_AT = 0x300;
  private static final int UNITS_OF_OFFSET = 16;

  /**
   * Version 1.0; 39 and 48 bits, pages of 4 KiB, 2 MiB and 1 GiB, 16 bits of domain id,
   * invalidation of up to 2^18 pages, eight fault records that are not merged, host addresses of 46
   * bits, four requests at once; no caching mode.
   */
  public static VtdConfiguration standard() {
    long cap = Capability.FRO.put(0, FAULT_RECORDS_AT / UNITS_OF_OFFSET);
    cap = Capability.ND.put(cap, 6);
    cap = Capability.SAGAW.put(cap, 1 << ContextEntry.AW_39 | 1 << ContextEntry.AW_48);
    cap = Capability.MGAW.put(cap, 47);
    cap = Capability.SSLPS.put(cap, 3);
    cap = Capability.NFR.put(cap, 7);
    cap = Capability.MAMV.put(cap, 18);
    cap |= Capability.PSI.mask() | Capability.ZLR.mask();
    cap |= Capability.DRD.mask() | Capability.DWD.mask();
    long ecap = ExtendedCapability.IRO.put(0, IOTLB_AT / UNITS_OF_OFFSET);
    ecap |= ExtendedCapability.C.mask() | ExtendedCapability.QI.mask();
    ecap |= ExtendedCapability.PT.mask();
    return new VtdConfiguration(Version.MAX.put(0, 1), cap, ecap, 46, 4, false);
  }

  /**
   * Version 5.0; as {@link #standard()}, with scalable mode, 5 levels in both stages, nesting,
   * accessed and dirty bits, PASIDs of 20 bits, supervisor requests, snoop control.
   */
  public static VtdConfiguration scalable() {
    long ecap = ExtendedCapability.PSS.put(0, 19);
    for (Field field :
        List.of(
            ExtendedCapability.SMTS,
            ExtendedCapability.FSTS,
            ExtendedCapability.SSTS,
            ExtendedCapability.NEST,
            ExtendedCapability.SSADS,
            ExtendedCapability.EAFS,
            ExtendedCapability.SMPWCS,
            ExtendedCapability.PASID,
            ExtendedCapability.RPS,
            ExtendedCapability.RPRIVS,
            ExtendedCapability.SRS,
            ExtendedCapability.SC,
            ExtendedCapability.ADMS)) {
      ecap |= field.mask();
    }
    VtdConfiguration legacy = standard();
    return new VtdConfiguration(
            Version.MAX.put(0, 5),
            legacy.capability,
            legacy.extendedCapability | ecap,
            legacy.hostAddressBits,
            legacy.requestSlots,
            legacy.mergesFaults)
        .withCapability(
            Capability.SAGAW,
            1 << ContextEntry.AW_39 | 1 << ContextEntry.AW_48 | 1 << ContextEntry.AW_57)
        .withCapability(Capability.MGAW, 56)
        .withCapability(Capability.FS5LP, 1)
        .withCapability(Capability.FS1GP, 1);
  }

  /** The same with another value of a field of CAP. */
  public VtdConfiguration withCapability(Field field, long value) {
    return new VtdConfiguration(
        version,
        field.put(capability, value),
        extendedCapability,
        hostAddressBits,
        requestSlots,
        mergesFaults);
  }

  /** The same with another value of a field of ECAP. */
  public VtdConfiguration withExtendedCapability(Field field, long value) {
    return new VtdConfiguration(
        version,
        capability,
        field.put(extendedCapability, value),
        hostAddressBits,
        requestSlots,
        mergesFaults);
  }

  /** The same that merges the faults of one requester. */
  public VtdConfiguration mergingFaults() {
    return new VtdConfiguration(
        version, capability, extendedCapability, hostAddressBits, requestSlots, true);
  }

  /** The same with another major version. */
  public VtdConfiguration withMajorVersion(int major) {
    return new VtdConfiguration(
        Version.MAX.put(version, major),
        capability,
        extendedCapability,
        hostAddressBits,
        requestSlots,
        mergesFaults);
  }

  /** Whether ECAP reports a feature. */
  boolean has(Field feature) {
    return feature.isSet(extendedCapability);
  }

  /** Whether RTADDR.TTM may have a value. */
  boolean supportsMode(long mode) {
    return switch ((int) mode) {
      case RootTableAddress.TTM_LEGACY -> true;
      case RootTableAddress.TTM_SCALABLE -> has(ExtendedCapability.SMTS);
      case RootTableAddress.TTM_ABORT -> has(ExtendedCapability.ADMS);
      default -> false;
    };
  }

  /** Whether a first stage may have this value of FSPM. */
  boolean supportsFirstStageMode(long mode) {
    return mode == 0 || (mode == 1 && Capability.FS5LP.isSet(capability));
  }

  /** Whether a PASID entry may have this value of PGTT. */
  boolean supportsTranslation(int type) {
    return switch (type) {
      case PasidEntry.PGTT_FIRST_STAGE -> has(ExtendedCapability.FSTS);
      case PasidEntry.PGTT_SECOND_STAGE -> has(ExtendedCapability.SSTS);
      case PasidEntry.PGTT_NESTED -> has(ExtendedCapability.NEST);
      case PasidEntry.PGTT_PASS_THROUGH -> has(ExtendedCapability.PT);
      default -> false;
    };
  }

  /** The bits of a PASID. */
  int pasidBits() {
    return (int) ExtendedCapability.PSS.get(extendedCapability) + 1;
  }

  /** Whether entries that are not present are cached. */
  boolean cachingMode() {
    return Capability.CM.isSet(capability);
  }

  /** Whether context entries may have this value of AW. */
  boolean supportsWidth(int addressWidth) {
    return (Capability.SAGAW.get(capability) >>> addressWidth & 1) != 0;
  }

  /** Whether context entries may pass addresses through. */
  boolean supportsPassThrough() {
    return ExtendedCapability.PT.isSet(extendedCapability);
  }

  /** Whether an entry of this level may be a leaf. */
  boolean supportsLeafAt(int level) {
    return level == 1
        || (level <= 3 && (Capability.SSLPS.get(capability) >>> (level - 2) & 1) != 0);
  }

  /** Whether a zero-length read of a write-only page succeeds. */
  boolean zeroLengthReads() {
    return Capability.ZLR.isSet(capability);
  }

  /** The width of an address before translation, in bits. */
  int guestAddressBits() {
    return (int) Capability.MGAW.get(capability) + 1;
  }

  /** The width of the widest supported second stage, in bits. */
  int widestAddressBits() {
    long widths = Capability.SAGAW.get(capability);
    return ContextEntry.addressBits(63 - Long.numberOfLeadingZeros(widths));
  }

  /** The bits of an address at or above the host's width. */
  long beyondHost() {
    return -1L << hostAddressBits;
  }

  /** The bits that a domain id has. */
  int domainIdMask() {
    return (1 << (4 + 2 * Capability.ND.get(capability))) - 1;
  }

  /** How many fault recording registers there are. */
  int faultRecords() {
    return (int) Capability.NFR.get(capability) + 1;
  }

  /** The architecture version before the dot. */
  int majorVersion() {
    return (int) Version.MAX.get(version);
  }

  /** Whether invalidations can wait for requests of this kind. */
  boolean canDrain(AccessKind kind) {
    Field capable = kind.needsWrite() ? Capability.DWD : Capability.DRD;
    return capable.isSet(capability);
  }
}
