package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.matrix.Cells.NONE;

import java.util.List;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.matrix.EntryRow.Kind;

/** The fields of entries of first-stage and second-stage tables, leaves apart. Manual 9.7, 9.8. */
final class TableFields {

  private static final long RIGHTS = SecondStageEntry.R.mask() | SecondStageEntry.W.mask();
  private static final String MEMORY_TYPE =
      NONE + "the memory type of an access is nothing that a request or a register shows";
  private static final String SMALL_LEAF = NONE + "ignored in a leaf of 4 KiB";
  private static final String UPPER_LEVELS = NONE + "a table entry of any level has it clear";

  private TableFields() {}

  static List<EntryRow> rows() {
    return List.of(
        secondTable(
            "second-stage table entry, legacy",
            VtdProvider.NAME,
            new String[] {"VTD-014", "VTD-011", "VTD-010", "VTD-014", "VTD-051"}),
        secondLeaf(
            "second-stage leaf, legacy",
            VtdProvider.NAME,
            new String[] {"VTD-014", "VTD-011", "VTD-011", "VTD-015", "VTD-010", "VTD-051"}),
        secondTable(
            "second-stage table entry, scalable",
            VtdUnits.SCALABLE,
            new String[] {"VTD-143", "VTD-145", "VTD-149", "VTD-143", "VTD-202"}),
        secondLeaf(
            "second-stage leaf, scalable",
            VtdUnits.SCALABLE,
            new String[] {"VTD-143", "VTD-145", "VTD-145", "VTD-143", "VTD-161", "VTD-202"}),
        firstTable(),
        firstLeaf());
  }

  private static Kind leaves(boolean leaf) {
    return (level, quadword, value) ->
        leaf == (level == 1 || SecondStageEntry.PS.isSet(value)) && (value & RIGHTS) != 0;
  }

  private static Kind firstLeaves(boolean leaf) {
    return (level, quadword, value) -> leaf == (level == 1 || FirstStageEntry.PS.isSet(value));
  }

  private static EntryRow secondTable(String name, String base, String[] rules) {
    return new EntryRow(
            name, SecondStageEntry.LAYOUT, leaves(false), base, rules[0], EntryFields.HOST_BITS)
        .flag(SecondStageEntry.R, rules[1], rules[1])
        .flag(SecondStageEntry.W, rules[1], rules[1])
        .ignored(SecondStageEntry.IGNORED_6_2, rules[4], RIGHTS)
        .flag(SecondStageEntry.PS, UPPER_LEVELS, rules[2])
        .ignored(SecondStageEntry.IGNORED_10_8, rules[4], RIGHTS)
        .flag(SecondStageEntry.SNP, rules[3], rules[2])
        .pointer(SecondStageEntry.ADDR, rules[2], rules[2])
        .ignored(SecondStageEntry.IGNORED_60_52, rules[4], RIGHTS)
        .ignored(SecondStageEntry.IGNORED_61, rules[4], RIGHTS)
        .ignored(SecondStageEntry.IGNORED_63, rules[4], RIGHTS);
  }

  private static EntryRow secondLeaf(String name, String base, String[] rules) {
    boolean scalable = base.equals(VtdUnits.SCALABLE);
    String snoop = scalable ? "VTD-179 at " + VtdUnits.FULL : rules[0];
    return new EntryRow(
            name, SecondStageEntry.LAYOUT, leaves(true), base, rules[0], EntryFields.HOST_BITS)
        .flag(SecondStageEntry.R, rules[1], rules[1])
        .flag(SecondStageEntry.W, rules[2], rules[2])
        .ignored(SecondStageEntry.IGNORED_6_2, rules[5], RIGHTS)
        .flag(SecondStageEntry.PS, rules[3], SMALL_LEAF)
        .ignored(SecondStageEntry.IGNORED_10_8, rules[5], RIGHTS)
        .flag(SecondStageEntry.SNP, snoop, scalable ? snoop : rules[1])
        .pointer(SecondStageEntry.ADDR, rules[4], rules[4])
        .ignored(SecondStageEntry.IGNORED_60_52, rules[5], RIGHTS)
        .ignored(SecondStageEntry.IGNORED_61, rules[5], RIGHTS)
        .ignored(SecondStageEntry.IGNORED_63, rules[5], RIGHTS);
  }

  private static EntryRow firstTable() {
    long present = FirstStageEntry.P.mask();
    return first("first-stage table entry", false)
        .flag(FirstStageEntry.P, "VTD-140", "VTD-130")
        .flag(FirstStageEntry.RW, "VTD-134", "VTD-134")
        .flag(FirstStageEntry.US, "VTD-133", "VTD-133")
        .value(FirstStageEntry.CACHE, MEMORY_TYPE, MEMORY_TYPE, MEMORY_TYPE)
        .flag(FirstStageEntry.A, "VTD-138", "VTD-136")
        .ignored(FirstStageEntry.D, "VTD-202", present)
        .flag(FirstStageEntry.PS, UPPER_LEVELS, "VTD-140")
        .ignored(FirstStageEntry.IGNORED_9_8, "VTD-202", present)
        .flag(FirstStageEntry.EA, "VTD-138", "VTD-137")
        .ignored(FirstStageEntry.IGNORED_11, "VTD-202", present)
        .pointer(FirstStageEntry.ADDR, "VTD-140", "VTD-140")
        .ignored(FirstStageEntry.IGNORED_63_52, "VTD-202", present);
  }

  private static EntryRow firstLeaf() {
    long present = FirstStageEntry.P.mask();
    return first("first-stage leaf", true)
        .flag(FirstStageEntry.P, "VTD-141", "VTD-130")
        .flag(FirstStageEntry.RW, "VTD-134", "VTD-134")
        .flag(FirstStageEntry.US, "VTD-133", "VTD-133")
        .value(FirstStageEntry.CACHE, MEMORY_TYPE, MEMORY_TYPE, MEMORY_TYPE)
        .flag(FirstStageEntry.A, "VTD-138", "VTD-136")
        .flag(FirstStageEntry.D, "VTD-138", "VTD-136")
        .flag(FirstStageEntry.PS, "VTD-141", SMALL_LEAF)
        .ignored(FirstStageEntry.IGNORED_9_8, "VTD-202", present)
        .flag(FirstStageEntry.EA, "VTD-138", "VTD-137")
        .ignored(FirstStageEntry.IGNORED_11, "VTD-202", present)
        .pointer(FirstStageEntry.ADDR, "VTD-141", "VTD-140")
        .ignored(FirstStageEntry.IGNORED_63_52, "VTD-202", present)
        .ignored(FirstStageEntry.PAT, "VTD-202", present);
  }

  private static EntryRow first(String name, boolean leaf) {
    return new EntryRow(
        name,
        FirstStageEntry.LAYOUT,
        firstLeaves(leaf),
        VtdUnits.FULL,
        "VTD-131",
        EntryFields.HOST_BITS);
  }
}
