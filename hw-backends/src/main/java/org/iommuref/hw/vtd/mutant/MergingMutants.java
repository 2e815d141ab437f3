package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.unit.FaultRules;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.memory.Memory.Atom;

/** Faults that are merged wrongly, and records that go to another register. */
final class MergingMutants {

  /** Before the name of those that are seen in a unit that merges faults. */
  static final String MERGES = "vtd-unit-merges-";

  private static final VtdParts UNIT = VtdParts.standard();

  private MergingMutants() {}

  static List<UnitMutant> seenAtRegisters() {
    return Stream.of(merging(), mergedWith(), ring()).flatMap(List::stream).toList();
  }

  /** Faults that are merged with records of others, or with none. */
  private static List<UnitMutant> merging() {
    return List.of(
        of(
            MERGES + "nothing",
            "a unit that says it merges faults does not",
            (source, record) -> false,
            "VTD-215"),
        of(
            MERGES + "every-requester",
            "a fault is merged with the record of any device",
            (source, record) -> FaultRecording.F.isSet(record.high()),
            "VTD-216"),
        of(
            MERGES + "functions",
            "a fault is merged with the record of another function of its device",
            (source, record) ->
                FaultRecording.F.isSet(record.high())
                    && FaultRecording.SID.get(record) >>> 3 == source >>> 3,
            "VTD-216"),
        of(
            MERGES + "with-records-given-back",
            "a fault is merged with a record that software has given back",
            (source, record) -> FaultRecording.SID.get(record) == source,
            "VTD-216"));
  }

  /** What merging does beside. */
  private static List<UnitMutant> mergedWith() {
    return List.of(
        of(
            MERGES + "where-registers-are-free",
            "a fault that could be merged sets PFO where no register is free",
            new FaultRules() {
              @Override
              public boolean mergesFirst(boolean occupied) {
                return !occupied;
              }
            },
            "VTD-215"),
        of(
            MERGES + "into-the-record",
            "a record holds the last of the faults that share it",
            new FaultRules() {
              @Override
              public Atom merged(Atom record, Atom fault) {
                return fault;
              }
            },
            "VTD-215"),
        of(
            MERGES + "and-moves-on",
            "the index of the next record moves with every fault",
            new FaultRules() {
              @Override
              public boolean movesOn(boolean recorded) {
                return true;
              }
            },
            "VTD-215"));
  }

  /** Where the next record goes, and what FRI says. */
  private static List<UnitMutant> ring() {
    return List.of(
        of(
            "vtd-unit-moves-on-when-dropping",
            "the index of the next record moves with faults that are dropped",
            new FaultRules() {
              @Override
              public boolean movesOn(boolean recorded) {
                return true;
              }
            },
            "VTD-026"),
        of(
            "vtd-unit-fri-follows",
            "FRI names the last record",
            new FaultRules() {
              @Override
              public boolean setsFirst(boolean pending) {
                return true;
              }
            },
            "VTD-217"),
        of(
            "vtd-unit-ring-never-starts-over",
            "recording goes on where it was when translation and remapping are turned on again",
            new FaultRules() {
              @Override
              public boolean startsOver(boolean translates, boolean remaps) {
                return false;
              }
            },
            "VTD-218"),
        of(
            "vtd-unit-ring-starts-over-while-remapping",
            "recording starts over when translation is turned off, though interrupts are remapped",
            new FaultRules() {
              @Override
              public boolean startsOver(boolean translates, boolean remaps) {
                return !translates;
              }
            },
            "VTD-218"),
        of(
            "vtd-unit-ring-starts-over-while-translating",
            "recording starts over when remapping is turned off, though requests are translated",
            new FaultRules() {
              @Override
              public boolean startsOver(boolean translates, boolean remaps) {
                return !remaps;
              }
            },
            "VTD-218"));
  }

  /** Whether a fault of a requester is merged with a record. */
  @FunctionalInterface
  private interface Merged {
    boolean with(int sourceId, Atom record);
  }

  private static UnitMutant of(String name, String title, Merged merged, String clause) {
    return of(
        name,
        title,
        new FaultRules() {
          @Override
          public boolean isMerged(int sourceId, Atom record) {
            return merged.with(sourceId, record);
          }
        },
        clause);
  }

  private static UnitMutant of(String name, String title, FaultRules rules, String clause) {
    return UnitMutant.of(name, title, UNIT.with(rules), clause);
  }
}
