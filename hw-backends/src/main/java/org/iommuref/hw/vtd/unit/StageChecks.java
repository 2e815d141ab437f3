package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.unit.ScalableWalk.Purpose;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;

/**
 * The conditions on addresses, table entries and rights of scalable mode: SFS, SSS, SGN of manual
 * 7.1.3.
 */
final class StageChecks {

  /** On the address, before any table is read. */
  @Clause({"VTD-119", "VTD-120", "VTD-121", "VTD-178"})
  static final Checks ADDRESS =
      Checks.of(
          "scalable address",
          new Check(
              "translated beyond the host",
              "VTD-178",
              (r, l, h, unit) -> r.isTranslated() && (r.iova() & unit.beyondHost()) != 0,
              FaultReason.SGN_4_1),
          new Check(
              "canonical",
              "VTD-121",
              (r, l, h, unit) -> r.walk().hasFirstStage() && !isCanonical(r),
              FaultReason.SGN_1),
          new Check(
              "beyond the host",
              "VTD-119",
              (r, l, h, unit) ->
                  r.walk().type() == PasidEntry.PGTT_PASS_THROUGH
                      && (r.iova() & unit.beyondHost()) != 0,
              FaultReason.SGN_4_2),
          new Check(
              "beyond the second stage",
              "VTD-120",
              (r, l, h, unit) ->
                  r.walk().type() == PasidEntry.PGTT_SECOND_STAGE
                      && beyondSecondStage(r, r.iova(), unit),
              FaultReason.SGN_5));

  /** On a first-stage entry; an absent one is not looked at further. */
  @Clause({"VTD-130", "VTD-131", "VTD-151"})
  static final Checks FIRST_STAGE =
      Checks.of(
          "first-stage entry",
          new Check(
              "P",
              "VTD-130",
              (r, entry, h, unit) -> !FirstStageEntry.P.isSet(entry),
              FaultReason.SFS_2),
          new Check(
              "PS above 1 GiB",
              "VTD-131",
              (r, entry, h, unit) -> r.walk().firstLevel() > 3 && FirstStageEntry.PS.isSet(entry),
              FaultReason.SFS_3),
          new Check(
              "1 GiB without FS1GP",
              "VTD-131",
              (r, entry, h, unit) ->
                  r.walk().firstLevel() == 3
                      && FirstStageEntry.PS.isSet(entry)
                      && !Capability.FS1GP.isSet(unit.capability()),
              FaultReason.SFS_3),
          new Check(
              "ADDR beyond the host",
              "VTD-131",
              (r, entry, h, unit) -> (FirstStageEntry.ADDR.address(entry) & unit.beyondHost()) != 0,
              FaultReason.SFS_3),
          new Check(
              "ADDR below the size",
              "VTD-131",
              (r, entry, h, unit) ->
                  isLarge(r.walk().firstLevel(), entry)
                      && (FirstStageEntry.ADDR.address(entry)
                              & ~FirstStageEntry.PAT.mask()
                              & belowPage(r.walk().firstLevel()))
                          != 0,
              FaultReason.SFS_3),
          new Check(
              "ADDR beyond the second stage",
              "VTD-151",
              (r, entry, h, unit) ->
                  r.walk().isNested()
                      && beyondSecondStage(r, FirstStageEntry.ADDR.address(entry), unit),
              FaultReason.SFS_5));

  /** On the rights of all first-stage entries of a walk, or of a cached translation. */
  @Clause({"VTD-133", "VTD-134"})
  static final Checks FIRST_STAGE_RIGHTS =
      Checks.of(
          "first-stage rights",
          new Check(
              "U/S",
              "VTD-133",
              (r, l, h, unit) ->
                  r.walk().hasFirstStage() && !r.walk().isPrivileged() && !r.walk().admitsUser(),
              FaultReason.SGN_2),
          new Check(
              "R/W",
              "VTD-134",
              (r, l, h, unit) ->
                  r.walk().hasFirstStage()
                      && r.kind().needsWrite()
                      && !maySupervisorWrite(r.walk())
                      && (r.walk().firstStageRights() & Rights.WRITE) == 0,
              FaultReason.SGN_6));

  /** On a first-stage entry whose flags have to be set, and whether its memory takes atomics. */
  @Clause({"VTD-138", "VTD-139", "VTD-153"})
  static final Checks FIRST_STAGE_UPDATE =
      Checks.of(
          "first-stage update",
          new Check(
              "second-stage right",
              "VTD-153",
              (r, l, h, unit) ->
                  r.walk().isNested() && r.walk().tableRights() != ScalableWalk.ALL_RIGHTS,
              FaultReason.SFS_8),
          new Check(
              "snoop",
              "VTD-138",
              (r, l, h, unit) -> !r.walk().has(PasidEntry.PWSNP),
              FaultReason.SFS_9),
          new Check(
              "atomic access",
              "VTD-139",
              (r, atomics, h, unit) -> atomics == 0,
              FaultReason.SFS_10));

  /** On a second-stage entry; one without R and W is not looked at further. */
  @Clause({"VTD-142", "VTD-143"})
  static final Checks SECOND_STAGE =
      Checks.of(
          "scalable second-stage entry",
          new Check(
              "R and W",
              "VTD-142",
              (r, entry, h, unit) -> (entry & ScalableWalk.ALL_RIGHTS) == 0,
              FaultReason.SSS_2),
          new Check(
              "reserved 62",
              "VTD-143",
              (r, entry, h, unit) -> (entry & SecondStageEntry.LAYOUT.reserved(0)) != 0,
              FaultReason.SSS_3),
          new Check(
              "SNP above a leaf",
              "VTD-143",
              (r, entry, h, unit) ->
                  SecondStageEntry.SNP.isSet(entry) && !isLeaf(r.walk().secondLevel(), entry),
              FaultReason.SSS_3),
          new Check(
              "SNP without SC",
              "VTD-143",
              (r, entry, h, unit) ->
                  SecondStageEntry.SNP.isSet(entry) && !unit.has(ExtendedCapability.SC),
              FaultReason.SSS_3),
          new Check(
              "ADDR beyond the host",
              "VTD-143",
              (r, entry, h, unit) ->
                  (SecondStageEntry.ADDR.address(entry) & unit.beyondHost()) != 0,
              FaultReason.SSS_3),
          new Check(
              "size not supported",
              "VTD-143",
              (r, entry, h, unit) ->
                  isLarge(r.walk().secondLevel(), entry)
                      && !unit.supportsLeafAt(r.walk().secondLevel()),
              FaultReason.SSS_3),
          new Check(
              "ADDR below the size",
              "VTD-143",
              (r, entry, h, unit) ->
                  isLarge(r.walk().secondLevel(), entry)
                      && (SecondStageEntry.ADDR.address(entry) & belowPage(r.walk().secondLevel()))
                          != 0,
              FaultReason.SSS_3));

  /** On the rights of all second-stage entries of a walk, or of a cached translation. */
  @Clause({"VTD-142", "VTD-145", "VTD-152"})
  static final Checks SECOND_STAGE_RIGHTS =
      Checks.of(
          "scalable second-stage rights",
          new Check(
              "no right left",
              "VTD-142",
              (r, l, h, unit) -> r.walk().hasSecondStage() && r.walk().secondStageRights() == 0,
              FaultReason.SSS_2),
          new Check(
              "top table",
              "VTD-152",
              (r, l, h, unit) ->
                  r.walk().purpose() == Purpose.TOP_TABLE && lacksTableRight(r.walk()),
              FaultReason.SFS_6),
          new Check(
              "lower table",
              "VTD-152",
              (r, l, h, unit) ->
                  r.walk().purpose() == Purpose.LOWER_TABLE && lacksTableRight(r.walk()),
              FaultReason.SFS_7),
          new Check(
              "W",
              "VTD-145",
              (r, l, h, unit) ->
                  forPage(r.walk())
                      && r.kind().needsWrite()
                      && (r.walk().secondStageRights() & Rights.WRITE) == 0,
              FaultReason.SGN_6),
          new Check(
              "R",
              "VTD-145",
              (r, l, h, unit) ->
                  forPage(r.walk())
                      && r.kind().needsRead()
                      && !r.isTranslationRequest()
                      && (r.walk().secondStageRights() & Rights.READ) == 0
                      && !zeroLengthReadServed(r, unit),
              FaultReason.SGN_7));

  /** On a second-stage entry whose flags have to be set, and whether its memory takes atomics. */
  @Clause({"VTD-147", "VTD-148"})
  static final Checks SECOND_STAGE_UPDATE =
      Checks.of(
          "second-stage update",
          new Check(
              "snoop",
              "VTD-147",
              (r, l, h, unit) -> !r.walk().has(PasidEntry.PWSNP),
              FaultReason.SSS_5),
          new Check(
              "atomic access",
              "VTD-148",
              (r, atomics, h, unit) -> atomics == 0,
              FaultReason.SSS_6));

  /** On the address that a translation gives. */
  @Clause({"VTD-123"})
  static final Checks OUTPUT =
      Checks.of(
          "scalable output",
          new Check(
              "interrupt range",
              "VTD-123",
              (r, address, h, unit) -> LegacyChecks.inInterruptRange(address),
              FaultReason.SGN_8));

  private StageChecks() {}

  /** Whether an address is beyond both the unit's and the second stage's width. */
  static boolean beyondSecondStage(DmaRequest r, long address, VtdConfiguration unit) {
    int stage = ContextEntry.addressBits((int) r.walk().field(PasidEntry.AW));
    return address >>> Math.min(unit.guestAddressBits(), stage) != 0;
  }

  /** Whether the bits above the width of the first stage repeat its highest bit. */
  private static boolean isCanonical(DmaRequest r) {
    int unused = r.walk().field(PasidEntry.FSPM) == 0 ? 64 - 48 : 64 - 57;
    return r.iova() << unused >> unused == r.iova();
  }

  private static boolean isLarge(int level, long entry) {
    return level > 1 && SecondStageEntry.PS.isSet(entry);
  }

  private static boolean isLeaf(int level, long entry) {
    return level == 1 || SecondStageEntry.PS.isSet(entry);
  }

  private static long belowPage(int level) {
    return (1L << SecondStageEntry.shift(level)) - 1;
  }

  private static boolean maySupervisorWrite(ScalableWalk walk) {
    return walk.isPrivileged() && !walk.has(PasidEntry.WPE);
  }

  private static boolean forPage(ScalableWalk walk) {
    return walk.hasSecondStage() && walk.purpose() == Purpose.PAGE;
  }

  /** A table of the first stage is read; with SSADE that counts as a write. */
  private static boolean lacksTableRight(ScalableWalk walk) {
    int needed = walk.has(PasidEntry.SSADE) ? ScalableWalk.ALL_RIGHTS : Rights.READ;
    return (walk.secondStageRights() & needed) != needed;
  }

  private static boolean zeroLengthReadServed(DmaRequest request, VtdConfiguration unit) {
    return request.kind() == AccessKind.ZERO_LENGTH_READ
        && unit.zeroLengthReads()
        && (request.walk().secondStageRights() & Rights.WRITE) != 0;
  }
}
