package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.clause.Clause;

/** The conditions on a PASID entry, each a row: SPT of manual 7.1.3, fields of 9.6. */
final class PasidEntryChecks {

  /** On a PASID entry, read whole; an absent one is not looked at further. */
  @Clause({"VTD-112", "VTD-113", "VTD-114"})
  static final Checks PASID_ENTRY =
      Checks.of(
          "PASID entry",
          new Check(
              "P", "VTD-112", (r, low, high, unit) -> !PasidEntry.P.isSet(low), FaultReason.SPT_2),
          new Check(
              "reserved 11:10 and 5",
              "VTD-113",
              (r, low, high, unit) -> (low & PasidEntry.LAYOUT.reserved(0)) != 0,
              FaultReason.SPT_3),
          new Check(
              "reserved 127:89 and 86:80",
              "VTD-113",
              (r, low, high, unit) -> (high & PasidEntry.LAYOUT.reserved(1)) != 0,
              FaultReason.SPT_3),
          new Check(
              "reserved 139:136 and 129",
              "VTD-113",
              (r, low, high, unit) -> (r.walk().quadword(2) & PasidEntry.LAYOUT.reserved(2)) != 0,
              FaultReason.SPT_3),
          new Check(
              "reserved 511:192",
              "VTD-113",
              (r, low, high, unit) -> r.walk().quadword(3) != 0,
              FaultReason.SPT_3),
          new Check(
              "DID beyond ND",
              "VTD-113",
              (r, low, high, unit) -> (PasidEntry.DID.get(high) & ~unit.domainIdMask()) != 0,
              FaultReason.SPT_3),
          new Check(
              "AW without SSTS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.AW) != 0 && !unit.has(ExtendedCapability.SSTS),
              FaultReason.SPT_3),
          new Check(
              "SSPTPTR without SSTS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.SSPTPTR) != 0 && !unit.has(ExtendedCapability.SSTS),
              FaultReason.SPT_3),
          new Check(
              "SSPTPTR beyond the host",
              "VTD-113",
              (r, low, h, unit) -> r.walk().hasSecondStage() && (low & unit.beyondHost()) != 0,
              FaultReason.SPT_3),
          new Check(
              "SSADE without SSADS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.SSADE) != 0 && !unit.has(ExtendedCapability.SSADS),
              FaultReason.SPT_3),
          new Check(
              "PWSNP without SMPWCS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.PWSNP) != 0 && !unit.has(ExtendedCapability.SMPWCS),
              FaultReason.SPT_3),
          new Check(
              "PGSNP without SC",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.PGSNP) != 0 && !unit.has(ExtendedCapability.SC),
              FaultReason.SPT_3),
          new Check(
              "SRE without SRS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.SRE) != 0 && !unit.has(ExtendedCapability.SRS),
              FaultReason.SPT_3),
          new Check(
              "FSPM without FSTS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.FSPM) != 0 && !unit.has(ExtendedCapability.FSTS),
              FaultReason.SPT_3),
          new Check(
              "WPE without FSTS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.WPE) != 0 && !unit.has(ExtendedCapability.FSTS),
              FaultReason.SPT_3),
          new Check(
              "EAFE without EAFS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.EAFE) != 0 && !unit.has(ExtendedCapability.EAFS),
              FaultReason.SPT_3),
          new Check(
              "FSPTPTR without FSTS",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().field(PasidEntry.FSPTPTR) != 0 && !unit.has(ExtendedCapability.FSTS),
              FaultReason.SPT_3),
          new Check(
              "FSPTPTR beyond the host",
              "VTD-113",
              (r, l, h, unit) ->
                  r.walk().type() == PasidEntry.PGTT_FIRST_STAGE
                      && (r.walk().quadword(2) & unit.beyondHost()) != 0,
              FaultReason.SPT_3),
          new Check(
              "PGTT",
              "VTD-114",
              (r, low, high, unit) -> !unit.supportsTranslation(r.walk().type()),
              FaultReason.SPT_4_2),
          new Check(
              "AW",
              "VTD-114",
              (r, l, h, unit) ->
                  r.walk().hasSecondStage()
                      && !unit.supportsWidth((int) r.walk().field(PasidEntry.AW)),
              FaultReason.SPT_4_1),
          new Check(
              "FSPM",
              "VTD-114",
              (r, l, h, unit) ->
                  r.walk().hasFirstStage()
                      && !unit.supportsFirstStageMode(r.walk().field(PasidEntry.FSPM)),
              FaultReason.SPT_4_3),
          new Check(
              "FSPTPTR beyond the second stage",
              "VTD-114",
              (r, l, h, unit) ->
                  r.walk().isNested()
                      && beyondSecondStage(r, r.walk().address(PasidEntry.FSPTPTR), unit),
              FaultReason.SPT_4_4));

  /** On the request, once its PASID entry is known. */
  @Clause({"VTD-115"})
  static final Checks PASID_USE =
      Checks.of(
          "use of a PASID entry",
          new Check(
              "SRE",
              "VTD-115",
              (r, l, h, unit) -> r.walk().isPrivileged() && !r.walk().has(PasidEntry.SRE),
              FaultReason.SPT_6));

  private PasidEntryChecks() {}

  private static boolean beyondSecondStage(DmaRequest r, long address, VtdConfiguration unit) {
    return StageChecks.beyondSecondStage(r, address, unit);
  }
}
