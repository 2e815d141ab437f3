package org.iommuref.hw.vtd.unit;

import static org.iommuref.hw.vtd.layout.FaultReason.INTERRUPT_RANGE;
import static org.iommuref.hw.vtd.layout.FaultReason.LCT_2;
import static org.iommuref.hw.vtd.layout.FaultReason.LCT_3;
import static org.iommuref.hw.vtd.layout.FaultReason.LCT_4_1;
import static org.iommuref.hw.vtd.layout.FaultReason.LCT_4_2;
import static org.iommuref.hw.vtd.layout.FaultReason.LCT_5;
import static org.iommuref.hw.vtd.layout.FaultReason.LGN_1_1;
import static org.iommuref.hw.vtd.layout.FaultReason.LGN_1_2;
import static org.iommuref.hw.vtd.layout.FaultReason.LGN_1_3;
import static org.iommuref.hw.vtd.layout.FaultReason.LGN_2;
import static org.iommuref.hw.vtd.layout.FaultReason.LGN_3;
import static org.iommuref.hw.vtd.layout.FaultReason.LGN_4;
import static org.iommuref.hw.vtd.layout.FaultReason.LRT_2;
import static org.iommuref.hw.vtd.layout.FaultReason.LRT_3;
import static org.iommuref.hw.vtd.layout.FaultReason.LSS_2;
import static org.iommuref.hw.vtd.layout.FaultReason.RTA_1;
import static org.iommuref.hw.vtd.layout.FaultReason.RTA_2;
import static org.iommuref.hw.vtd.layout.FaultReason.RTA_4;

import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.AddressType;

/** The conditions of legacy mode, each a row: LRT, LCT, LSS and LGN of manual 7.1.3. */
final class LegacyChecks {

  private static final int ANY = Rights.READ | Rights.WRITE;
  private static final long INTERRUPT_RANGE_NUMBER = 0xfee;
  private static final int INTERRUPT_RANGE_SHIFT = 20;

  /** Before anything is read. Order: mode, PASID, interrupt range. */
  @Clause({"VTD-018", "VTD-019", "VTD-122", "VTD-127"})
  static final Checks REQUEST =
      Checks.of(
          "request",
          new Check(
              "mode",
              "VTD-122",
              (r, rtaddr, h, unit) -> !unit.supportsMode(RootTableAddress.TTM.get(rtaddr)),
              RTA_1),
          new Check(
              "abort",
              "VTD-122",
              (r, rtaddr, h, unit) ->
                  RootTableAddress.TTM.get(rtaddr) == RootTableAddress.TTM_ABORT,
              RTA_4),
          new Check(
              "PASID",
              "VTD-019",
              (r, rtaddr, h, unit) -> isLegacy(rtaddr) && r.hasPasid() && !r.isPageRequest(),
              RTA_2),
          new Check(
              "interrupt range",
              "VTD-018", // a write of four bytes would be an interrupt; requests here have eight
              (r, rtaddr, h, unit) ->
                  !r.hasPasid()
                      && r.addressType() == AddressType.UNTRANSLATED
                      && !r.isPageRequest()
                      && inInterruptRange(r.iova())
                      && r.kind() != AccessKind.ZERO_LENGTH_READ,
              INTERRUPT_RANGE));

  /** On a root entry; one that is not present is not looked at further. */
  @Clause({"VTD-001", "VTD-002", "VTD-006"})
  static final Checks ROOT =
      Checks.of(
          "root entry",
          new Check("P", "VTD-001", (r, low, high, unit) -> !RootEntry.P.isSet(low), LRT_2),
          new Check(
              "reserved 11:1",
              "VTD-002",
              (r, low, high, unit) -> (low & RootEntry.LAYOUT.reserved(0)) != 0,
              LRT_3),
          new Check(
              "CTP beyond the host",
              "VTD-002",
              (r, low, high, unit) -> (low & unit.beyondHost()) != 0,
              LRT_3),
          new Check("reserved 127:64", "VTD-002", (r, low, high, unit) -> high != 0, LRT_3));

  /** On a context entry; one that is not present is not looked at further. */
  @Clause({"VTD-003", "VTD-004", "VTD-005", "VTD-006"})
  static final Checks CONTEXT =
      Checks.of(
          "context entry",
          new Check("P", "VTD-003", (r, low, high, unit) -> !ContextEntry.P.isSet(low), LCT_2),
          new Check(
              "reserved 11:4",
              "VTD-004",
              (r, low, high, unit) -> (low & ContextEntry.LAYOUT.reserved(0)) != 0,
              LCT_3),
          new Check(
              "SSPTPTR beyond the host",
              "VTD-004",
              (r, low, high, unit) -> !passesThrough(low) && (low & unit.beyondHost()) != 0,
              LCT_3),
          new Check(
              "reserved 71 and 127:88",
              "VTD-004",
              (r, low, high, unit) -> (high & ContextEntry.LAYOUT.reserved(1)) != 0,
              LCT_3),
          new Check(
              "DID beyond ND",
              "VTD-004",
              (r, low, high, unit) -> (ContextEntry.DID.get(high) & ~unit.domainIdMask()) != 0,
              LCT_3),
          new Check(
              "AW",
              "VTD-005",
              (r, low, high, unit) -> !unit.supportsWidth((int) ContextEntry.AW.get(high)),
              LCT_4_1),
          new Check(
              "TT",
              "VTD-005",
              (r, low, high, unit) -> !supportsType((int) ContextEntry.TT.get(low), unit),
              LCT_4_2));

  /** On the address, before any table is read. */
  @Clause({"VTD-009", "VTD-177", "VTD-178"})
  static final Checks ADDRESS =
      Checks.of(
          "address",
          new Check(
              "device-TLB blocked",
              "VTD-177",
              (r, l, h, unit) ->
                  r.addressType() != AddressType.UNTRANSLATED
                      && r.translationType() != ContextEntry.TT_SECOND_STAGE_AND_ATS,
              LCT_5),
          new Check(
              "translated beyond the host",
              "VTD-178",
              (r, l, h, unit) -> r.isTranslated() && (r.iova() & unit.beyondHost()) != 0,
              LGN_1_2),
          new Check(
              "beyond the domain",
              "VTD-009",
              (r, l, h, unit) ->
                  !r.passesThrough()
                      && !r.isTranslated()
                      && r.iova()
                              >>> Math.min(
                                  unit.guestAddressBits(),
                                  ContextEntry.addressBits(r.addressWidth()))
                          != 0,
              LGN_1_1),
          new Check(
              "beyond the host",
              "VTD-008",
              (r, l, h, unit) -> r.passesThrough() && (r.iova() & unit.beyondHost()) != 0,
              LGN_1_3));

  /** On a second-stage entry; one without R and W is not looked at. */
  @Clause({"VTD-014", "VTD-015"})
  static final Checks ENTRY =
      Checks.of(
          "second-stage entry",
          new Check(
              "reserved 11 and 62",
              "VTD-014",
              (r, entry, h, unit) ->
                  isPresent(entry)
                      && ((entry & SecondStageEntry.LAYOUT.reserved(0)) != 0
                          || (SecondStageEntry.SNP.isSet(entry) && !maySnoop(r, entry, unit))),
              LSS_2),
          new Check(
              "ADDR beyond the host",
              "VTD-014",
              (r, entry, h, unit) ->
                  isPresent(entry)
                      && (SecondStageEntry.ADDR.address(entry) & unit.beyondHost()) != 0,
              LSS_2),
          new Check(
              "size not supported",
              "VTD-015",
              (r, entry, h, unit) ->
                  isPresent(entry) && isLargeLeaf(r, entry) && !unit.supportsLeafAt(r.level()),
              LSS_2),
          new Check(
              "ADDR below the size",
              "VTD-014",
              (r, entry, h, unit) ->
                  isPresent(entry)
                      && isLargeLeaf(r, entry)
                      && (SecondStageEntry.ADDR.address(entry)
                              & (1L << SecondStageEntry.shift(r.level())) - 1)
                          != 0,
              LSS_2));

  /** On the rights of all entries read so far. An absent entry lacks both. */
  @Clause({"VTD-011", "VTD-012", "VTD-013", "VTD-020", "MAP-018"})
  static final Checks RIGHTS =
      Checks.of(
          "rights",
          new Check(
              "W",
              "VTD-012",
              (r, l, h, unit) -> r.kind().needsWrite() && (r.rights() & Rights.WRITE) == 0,
              LGN_2),
          new Check(
              "R",
              "VTD-013",
              (r, l, h, unit) ->
                  r.kind().needsRead()
                      && (r.rights() & (r.isTranslationRequest() ? ANY : Rights.READ)) == 0
                      && !zeroLengthReadServed(r, unit),
              LGN_3));

  /** On the address that a translation gives. */
  @Clause("VTD-017")
  static final Checks OUTPUT =
      Checks.of(
          "output",
          new Check(
              "interrupt range",
              "VTD-017",
              (r, address, h, unit) -> inInterruptRange(address),
              LGN_4));

  private LegacyChecks() {}

  /** All of them. */
  static WalkChecks all() {
    return new WalkChecks(REQUEST, ROOT, CONTEXT, ADDRESS, ENTRY, RIGHTS, OUTPUT);
  }

  private static boolean isLegacy(long rtaddr) {
    return RootTableAddress.TTM.get(rtaddr) == RootTableAddress.TTM_LEGACY;
  }

  /** Whether an address lies in FEE0_0000h to FEEF_FFFFh. */
  static boolean inInterruptRange(long address) {
    return address >>> INTERRUPT_RANGE_SHIFT == INTERRUPT_RANGE_NUMBER;
  }

  private static boolean passesThrough(long low) {
    return ContextEntry.TT.get(low) == ContextEntry.TT_PASS_THROUGH;
  }

  private static boolean supportsType(int type, VtdConfiguration unit) {
    return type == ContextEntry.TT_SECOND_STAGE
        || (type == ContextEntry.TT_SECOND_STAGE_AND_ATS && unit.has(ExtendedCapability.DT))
        || (type == ContextEntry.TT_PASS_THROUGH && unit.supportsPassThrough());
  }

  private static boolean isPresent(long entry) {
    return (entry & (Rights.READ | Rights.WRITE)) != 0;
  }

  /** SNP belongs to leaves of units with snoop control. */
  private static boolean maySnoop(DmaRequest request, long entry, VtdConfiguration unit) {
    boolean leaf = request.level() == 1 || SecondStageEntry.PS.isSet(entry);
    return leaf && unit.has(ExtendedCapability.SC);
  }

  private static boolean isLargeLeaf(DmaRequest request, long entry) {
    return request.level() > 1 && SecondStageEntry.PS.isSet(entry);
  }

  private static boolean zeroLengthReadServed(DmaRequest request, VtdConfiguration unit) {
    return request.kind() == AccessKind.ZERO_LENGTH_READ
        && unit.zeroLengthReads()
        && (request.rights() & Rights.WRITE) != 0;
  }
}
