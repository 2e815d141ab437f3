package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.ScalableRootEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.AddressType;

/**
 * The conditions on the structures of scalable mode, each a row: SRT, SCT, SPD, SPT of manual
 * 7.1.3.
 */
final class StructureChecks {

  /**
   * On the half of a root entry that the requester selects; an absent one is not looked at further.
   */
  @Clause({"VTD-101", "VTD-102"})
  static final Checks ROOT =
      Checks.of(
          "scalable root entry",
          new Check(
              "P",
              "VTD-101",
              (r, half, h, unit) -> !ScalableRootEntry.P.isSet(half),
              FaultReason.SRT_2),
          new Check(
              "reserved 11:1",
              "VTD-102",
              (r, half, h, unit) -> (half & ScalableRootEntry.HALF.reserved(0)) != 0,
              FaultReason.SRT_3),
          new Check(
              "CTP beyond the host",
              "VTD-102",
              (r, half, h, unit) -> (half & unit.beyondHost()) != 0,
              FaultReason.SRT_3));

  /** On a context entry, read whole; an absent one is not looked at further. */
  @Clause({"VTD-103", "VTD-104", "VTD-105"})
  static final Checks CONTEXT =
      Checks.of(
          "scalable context entry",
          new Check(
              "P",
              "VTD-103",
              (r, low, high, unit) -> !ScalableContextEntry.P.isSet(low),
              FaultReason.SCT_2),
          new Check(
              "reserved 8:7 and 5",
              "VTD-104",
              (r, low, high, unit) -> (low & ScalableContextEntry.LAYOUT.reserved(0)) != 0,
              FaultReason.SCT_3),
          new Check(
              "reserved 127:85",
              "VTD-104",
              (r, low, high, unit) -> (high & ScalableContextEntry.LAYOUT.reserved(1)) != 0,
              FaultReason.SCT_3),
          new Check(
              "reserved 255:128",
              "VTD-104",
              (r, low, high, unit) ->
                  (r.walk().contextQuadword(2) | r.walk().contextQuadword(3)) != 0,
              FaultReason.SCT_3),
          new Check(
              "PASIDDIRPTR beyond the host",
              "VTD-104",
              (r, low, high, unit) -> (low & unit.beyondHost()) != 0,
              FaultReason.SCT_3),
          new Check(
              "DTE without DT",
              "VTD-104",
              (r, low, high, unit) ->
                  ScalableContextEntry.DTE.isSet(low) && !unit.has(ExtendedCapability.DT),
              FaultReason.SCT_3),
          new Check(
              "PASIDE without PASID",
              "VTD-104",
              (r, low, high, unit) ->
                  ScalableContextEntry.PASIDE.isSet(low) && !unit.has(ExtendedCapability.PASID),
              FaultReason.SCT_3),
          new Check(
              "PRE without PRS",
              "VTD-104",
              (r, low, high, unit) ->
                  ScalableContextEntry.PRE.isSet(low) && !unit.has(ExtendedCapability.PRS),
              FaultReason.SCT_3),
          new Check(
              "EPTR without PTRS",
              "VTD-104",
              (r, low, high, unit) ->
                  ScalableContextEntry.EPTR.isSet(low) && !unit.has(ExtendedCapability.PTRS),
              FaultReason.SCT_3),
          new Check(
              "RID_PASID without RPS",
              "VTD-104",
              (r, low, high, unit) ->
                  ScalableContextEntry.RID_PASID.isSet(high) && !unit.has(ExtendedCapability.RPS),
              FaultReason.SCT_3),
          new Check(
              "RID_PRIV without RPRIVS",
              "VTD-104",
              (r, low, high, unit) ->
                  ScalableContextEntry.RID_PRIV.isSet(high) && !unit.has(ExtendedCapability.RPRIVS),
              FaultReason.SCT_3),
          new Check(
              "PRE without DTE",
              "VTD-105",
              (r, low, high, unit) ->
                  ScalableContextEntry.PRE.isSet(low) && !ScalableContextEntry.DTE.isSet(low),
              FaultReason.SCT_4_1),
          new Check(
              "RID_PASID beyond the directory",
              "VTD-105",
              (r, low, high, unit) -> ScalableContextEntry.RID_PASID.get(high) >= pasids(low),
              FaultReason.SCT_4_2),
          new Check(
              "EPTR without PASIDE",
              "VTD-105",
              (r, low, high, unit) ->
                  !r.hasPasid()
                      && ScalableContextEntry.EPTR.isSet(low)
                      && !ScalableContextEntry.PASIDE.isSet(low),
              FaultReason.SCT_4_3));

  /** On the request, once its context entry is known. */
  @Clause({"VTD-106", "VTD-107", "VTD-108", "VTD-109", "VTD-175", "VTD-176", "VTD-186"})
  static final Checks CONTEXT_USE =
      Checks.of(
          "use of a scalable context entry",
          new Check(
              "DTE",
              "VTD-175",
              (r, low, high, unit) ->
                  r.addressType() != AddressType.UNTRANSLATED
                      && !ScalableContextEntry.DTE.isSet(low),
              FaultReason.SCT_5),
          new Check(
              "PASIDE",
              "VTD-106",
              (r, low, high, unit) ->
                  r.hasPasid()
                      && r.addressType() != AddressType.TRANSLATED
                      && !ScalableContextEntry.PASIDE.isSet(low),
              FaultReason.SCT_6),
          new Check(
              "PASID beyond the directory",
              "VTD-107",
              (r, low, high, unit) -> r.hasPasid() && r.pasid() >= pasids(low),
              FaultReason.SCT_7),
          new Check(
              "PRE",
              "VTD-186",
              (r, low, high, unit) -> r.isPageRequest() && !ScalableContextEntry.PRE.isSet(low),
              FaultReason.SCT_8),
          new Check(
              "PASID is RID_PASID",
              "VTD-108",
              (r, low, high, unit) ->
                  r.hasPasid() && r.pasid() == ScalableContextEntry.RID_PASID.get(high),
              FaultReason.SCT_9),
          new Check(
              "EPTR",
              "VTD-176",
              (r, low, high, unit) ->
                  r.hasPasid()
                      && r.addressType() == AddressType.TRANSLATED
                      && !ScalableContextEntry.EPTR.isSet(low),
              FaultReason.SCT_10),
          new Check(
              "PASID beyond the unit",
              "VTD-109",
              (r, low, high, unit) -> r.hasPasid() && r.pasid() >>> unit.pasidBits() != 0,
              FaultReason.SGN_10));

  /** On a PASID directory entry; an absent one is not looked at further. */
  @Clause({"VTD-110", "VTD-111"})
  static final Checks DIRECTORY =
      Checks.of(
          "PASID directory entry",
          new Check(
              "P",
              "VTD-110",
              (r, entry, h, unit) -> !PasidDirectoryEntry.P.isSet(entry),
              FaultReason.SPD_2),
          new Check(
              "reserved 11:2",
              "VTD-111",
              (r, entry, h, unit) -> (entry & PasidDirectoryEntry.LAYOUT.reserved(0)) != 0,
              FaultReason.SPD_3),
          new Check(
              "SMPTBLPTR beyond the host",
              "VTD-111",
              (r, entry, h, unit) -> (entry & unit.beyondHost()) != 0,
              FaultReason.SPD_3));

  private StructureChecks() {}

  private static long pasids(long contextLow) {
    return ScalableContextEntry.pasids(ScalableContextEntry.PDTS.get(contextLow));
  }
}
