package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.FaultRules;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;

/** Faults that are recorded wrongly, or not. */
final class FaultMutants {

  private static final VtdParts UNIT = VtdParts.standard();

  private FaultMutants() {}

  static List<UnitMutant> seenByDevices() {
    return Stream.of(records(), fullRings()).flatMap(List::stream).toList();
  }

  /** Records that are missing or tell something else. */
  private static List<UnitMutant> records() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-records-nothing",
            "no fault is recorded",
            UNIT.with(new Recorded(false)),
            "FREC-001"),
        UnitMutant.of(
            "vtd-unit-records-writes-alone",
            "the fault of a read is not recorded",
            UNIT.with(new WritesAlone()),
            "FREC-001"),
        UnitMutant.of(
            "vtd-unit-swaps-requester",
            "a record has bus and function of the requester exchanged",
            UNIT.with(new RequesterSwapped()),
            "FREC-002",
            "VTD-022"),
        UnitMutant.of(
            "vtd-unit-records-next-page",
            "a record gives the page behind the one that was asked for",
            UNIT.with(new NextPage()),
            "FREC-003",
            "VTD-022"),
        UnitMutant.of(
            "vtd-unit-inverts-kind",
            "a record takes reads for writes and writes for reads",
            UNIT.with(new KindInverted()),
            "FREC-004",
            "VTD-022"));
  }

  /** Rings that are full, and reasons. */
  private static List<UnitMutant> fullRings() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-hides-overflow",
            "a fault that finds no free register is dropped without a word",
            UNIT.with(new OverflowHidden()),
            "FREC-006",
            "VTD-025"),
        UnitMutant.of(
            "vtd-unit-overwrites-records",
            "a fault that finds no free register takes the oldest one",
            UNIT.with(new Overwriting()),
            "FREC-006",
            "FREC-001",
            "FREC-010",
            "VTD-025"),
        UnitMutant.of(
            "vtd-unit-one-reason",
            "every record has the reason of a write",
            UNIT.with(new OneReason()),
            "VTD-013"));
  }

  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(silence(), pending()).flatMap(List::stream).toList();
  }

  /** Silence and the first record. */
  private static List<UnitMutant> silence() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-ignores-fpd",
            "faults are recorded although FPD is set",
            UNIT.with(new Recorded(true)),
            "VTD-021"),
        UnitMutant.of(
            "vtd-unit-fri-zero",
            "FRI is always 0",
            UNIT.with(
                new FaultRules() {
                  @Override
                  public int firstPending(int index) {
                    return 0;
                  }
                }),
            "VTD-023"));
  }

  /** PPF and PFO. */
  private static List<UnitMutant> pending() {
    return List.of(
        UnitMutant.of(
            "vtd-unit-ppf-stays",
            "PPF stays set when the last record was given back",
            UNIT.with(
                new FaultRules() {
                  @Override
                  public boolean isPending(boolean anyLeft) {
                    return true;
                  }
                }),
            "VTD-024"),
        UnitMutant.of(
            "vtd-unit-ppf-clears-early",
            "PPF clears when any record was given back",
            UNIT.with(
                new FaultRules() {
                  @Override
                  public boolean isPending(boolean anyLeft) {
                    return false;
                  }
                }),
            "VTD-024"),
        UnitMutant.of(
            "vtd-unit-records-while-overflown",
            "faults are recorded while PFO is set",
            UNIT.with(
                new FaultRules() {
                  @Override
                  public boolean isDropped(boolean overflow, boolean occupied) {
                    return occupied;
                  }
                }),
            "VTD-026"));
  }

  private record Recorded(boolean always) implements FaultRules {
    @Override
    public boolean isRecorded(DmaRequest request, FaultReason reason) {
      return always;
    }
  }

  private static final class WritesAlone implements FaultRules {
    @Override
    public boolean isRecorded(DmaRequest request, FaultReason reason) {
      return request.kind().needsWrite() && FaultRules.super.isRecorded(request, reason);
    }
  }

  private static final class RequesterSwapped implements FaultRules {
    @Override
    public long high(DmaRequest request, FaultReason reason) {
      long high = FaultRules.super.high(request, reason);
      int swapped = (request.sourceId() & 0xff) << 8 | request.sourceId() >>> 8;
      return FaultRecording.SID.put(high, swapped);
    }
  }

  private static final class NextPage implements FaultRules {
    private static final long PAGE = 0x1000;

    @Override
    public long low(DmaRequest request, VtdConfiguration unit) {
      return FaultRules.super.low(request, unit) + PAGE;
    }
  }

  private static final class KindInverted implements FaultRules {
    @Override
    public long high(DmaRequest request, FaultReason reason) {
      return FaultRules.super.high(request, reason) ^ FaultRecording.T1.mask();
    }
  }

  private static final class OverflowHidden implements FaultRules {
    @Override
    public boolean setsOverflow(boolean occupied) {
      return false;
    }
  }

  private static final class Overwriting implements FaultRules {
    @Override
    public boolean isDropped(boolean overflow, boolean occupied) {
      return false;
    }
  }

  private static final class OneReason implements FaultRules {
    @Override
    public long high(DmaRequest request, FaultReason reason) {
      return FaultRules.super.high(request, FaultReason.LGN_2);
    }
  }
}
