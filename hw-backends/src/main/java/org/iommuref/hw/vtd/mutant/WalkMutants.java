package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.unit.AccessEffects;
import org.iommuref.hw.vtd.unit.AccessErrors;
import org.iommuref.hw.vtd.unit.Check;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.Rights;
import org.iommuref.hw.vtd.unit.TableGeometry;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.memory.Memory;

/** Walks that go astray, rights that are taken wrongly, effects that should not be. */
final class WalkMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private WalkMutants() {}

  static List<UnitMutant> seenByDevices() {
    return Stream.of(tables(), rights(), effects()).flatMap(List::stream).toList();
  }

  /** Tables that are read wrongly. */
  private static List<UnitMutant> tables() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-large-page-offset-cut",
            "a large page translates every offset to its first 4 KiB",
            UNIT.with(new OffsetCut()),
            "MAP-009"),
        UnitMutant.of(
            "vtd-unit-neighbour-entry",
            "the last level is indexed one entry too high",
            UNIT.with(new NeighbourEntry()),
            "MAP-001",
            "MAP-002"),
        UnitMutant.of(
            "vtd-unit-large-leaf-as-table",
            "a large page is taken for a table",
            UNIT.with(new LargeLeafAsTable()),
            "MAP-009",
            "VTD-015"),
        UnitMutant.of(
            "vtd-unit-one-level-short",
            "the walk begins one level too low",
            UNIT.with(new OneLevelShort()),
            "MAP-001",
            "VTD-010"),
        UnitMutant.of(
            "vtd-unit-one-root-for-all-buses",
            "every bus uses the root entry of bus 1",
            UNIT.with(new OneRoot()),
            "ATT-007",
            "DOM-006",
            "VTD-007"));
  }

  /** Rights that are taken for more or less. */
  private static List<UnitMutant> rights() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-write-right-implies-read",
            "a page that is writable is readable too",
            UNIT.with(
                new Rights() {
                  @Override
                  public int narrow(int soFar, long entry) {
                    return Rights.super.narrow(soFar, entry)
                        | ((int) (soFar & entry & WRITE) >>> 1);
                  }
                }),
            "MAP-005"),
        UnitMutant.of(
            "vtd-unit-read-right-implies-write",
            "a page that is readable is writable too",
            UNIT.with(
                new Rights() {
                  @Override
                  public int narrow(int soFar, long entry) {
                    return Rights.super.narrow(soFar, entry) | ((int) (soFar & entry & READ) << 1);
                  }
                }),
            "MAP-003"),
        UnitMutant.of(
            "vtd-unit-atomic-as-write",
            "an AtomicOp is admitted by the write right alone",
            UNIT.with(
                UNIT.checks()
                    .with(UNIT.checks().rights().with(1, forAllBut(AccessKind.ATOMIC, right(1))))),
            "MAP-018"),
        UnitMutant.of(
            "vtd-unit-atomic-as-read",
            "an AtomicOp is admitted by the read right alone",
            UNIT.with(
                UNIT.checks()
                    .with(UNIT.checks().rights().with(0, forAllBut(AccessKind.ATOMIC, right(0))))),
            "MAP-018"),
        UnitMutant.of(
            "vtd-unit-zero-length-reads-refused",
            "a zero-length read needs the read right although the unit reports ZLR",
            UNIT.with(UNIT.checks().with(UNIT.checks().rights().with(1, readRightAlone()))),
            "MAP-030",
            "VTD-020"));
  }

  /** Requests that are refused, answered or lost. */
  private static List<UnitMutant> effects() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-refuses-pass-through",
            "the unit refuses pass-through although it reports it",
            UNIT.with(UNIT.checks().with(UNIT.checks().address().startingWith(noPassThrough()))),
            "DOM-002",
            "VTD-008"),
        UnitMutant.of(
            "vtd-unit-answers-refused-reads",
            "a refused access is answered as if it had succeeded",
            UNIT.with(new RefusalAnswered()),
            "MAP-002",
            "DOM-001",
            "DOM-003"),
        UnitMutant.of(
            "vtd-unit-loses-writes",
            "a translated write does not reach memory",
            UNIT.with(new WritesLost()),
            "MAP-004"),
        UnitMutant.of(
            "faults-on-everything",
            "the unit refuses every request",
            VtdVariants.faultsOnEverything(),
            "MAP-001"));
  }

  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(levels(), reasons()).flatMap(List::stream).toList();
  }

  /** Levels, entries and their rights. */
  private static List<UnitMutant> levels() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-leaf-rights-alone",
            "only the leaf decides the rights",
            UNIT.with(
                new Rights() {
                  @Override
                  public int narrow(int soFar, long entry) {
                    return (int) entry & (READ | WRITE);
                  }
                }),
            "VTD-011"),
        UnitMutant.of(
            "vtd-unit-context-by-function",
            "the device number does not select the context entry",
            UNIT.with(
                new TableGeometry() {
                  @Override
                  public long contextEntry(long contextTable, int sourceId) {
                    return TableGeometry.super.contextEntry(contextTable, sourceId & 7);
                  }
                }),
            "VTD-007"),
        UnitMutant.of(
            "vtd-unit-always-four-levels",
            "the address width does not give the number of levels",
            UNIT.with(
                new TableGeometry() {
                  @Override
                  public int levels(int addressWidth) {
                    return ContextEntry.levels(ContextEntry.AW_48);
                  }
                }),
            "VTD-010"));
  }

  /** Reasons. */
  private static List<UnitMutant> reasons() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-access-errors-swapped",
            "the reasons of root and context entry, and of top and lower table, are exchanged",
            UNIT.with(
                new AccessErrors(
                    FaultReason.LCT_1, FaultReason.LRT_1, FaultReason.LSS_1, FaultReason.LCT_4_3)),
            "VTD-016"));
  }

  private static Check right(int index) {
    return UNIT.checks().rights().inOrder().get(index);
  }

  private static Check forAllBut(AccessKind kind, Check check) {
    return new Check(
        check.name(),
        check.clause(),
        (request, low, high, unit) ->
            request.kind() != kind && check.test().refuses(request, low, high, unit),
        check.reason());
  }

  private static Check readRightAlone() {
    Check check = right(1);
    return new Check(
        check.name(),
        check.clause(),
        (request, low, high, unit) ->
            request.kind().needsRead() && (request.rights() & Rights.READ) == 0,
        check.reason());
  }

  private static Check noPassThrough() {
    return new Check(
        "pass-through",
        "VTD-008",
        (request, low, high, unit) -> request.passesThrough(),
        FaultReason.LCT_4_2);
  }

  private static final class OffsetCut implements TableGeometry {
    private static final long IN_PAGE = 0xfff;

    @Override
    public long output(long page, int shift, long address) {
      return page | (address & IN_PAGE);
    }
  }

  private static final class NeighbourEntry implements TableGeometry {
    @Override
    public long entry(long table, long address, int level) {
      long other = level == 1 ? address + (1L << SecondStageEntry.shift(1)) : address;
      return TableGeometry.super.entry(table, other, level);
    }
  }

  private static final class LargeLeafAsTable implements TableGeometry {
    @Override
    public boolean isLeaf(long entry, int level) {
      return level == 1;
    }
  }

  private static final class OneLevelShort implements TableGeometry {
    @Override
    public int levels(int addressWidth) {
      return TableGeometry.super.levels(addressWidth) - 1;
    }
  }

  private static final class OneRoot implements TableGeometry {
    private static final int BUS_1 = 0x100;

    @Override
    public long rootEntry(long rootTable, int sourceId) {
      return TableGeometry.super.rootEntry(rootTable, BUS_1);
    }
  }

  private static final class RefusalAnswered implements AccessEffects {
    @Override
    public AccessOutcome refuse(DmaRequest request, Memory memory) {
      return AccessOutcome.completed(0);
    }
  }

  private static final class WritesLost implements AccessEffects {
    @Override
    public AccessOutcome perform(DmaRequest request, Memory memory) {
      return request.kind() == AccessKind.WRITE
          ? AccessOutcome.completed(0)
          : AccessEffects.super.perform(request, memory);
    }
  }
}
