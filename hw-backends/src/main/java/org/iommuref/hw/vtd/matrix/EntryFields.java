package org.iommuref.hw.vtd.matrix;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.ScalableRootEntry;
import org.iommuref.hw.vtd.matrix.EntryRow.Kind;

/** The fields of root, context and PASID entries. Manual 9.1 to 9.6. */
final class EntryFields {

  static final int HOST_BITS = VtdUnits.full().hostAddressBits();

  private EntryFields() {}

  static Cells table() {
    Cells cells = new Cells("entry");
    Stream.of(
            legacy(), scalable(), List.of(pasidEntry()), TableFields.rows(), InterruptFields.rows())
        .flatMap(List::stream)
        .forEach(row -> row.addTo(cells));
    PostedFields.addTo(cells);
    return cells;
  }

  private static List<EntryRow> legacy() {
    return List.of(
        new EntryRow(
                "root entry", RootEntry.LAYOUT, Kind.ANY, VtdProvider.NAME, "VTD-002", HOST_BITS)
            .flag(RootEntry.P, "VTD-007", "VTD-001")
            .pointer(RootEntry.CTP, "VTD-007", "VTD-007"),
        new EntryRow(
                "context entry", ContextEntry.LAYOUT, Kind.ANY, VtdUnits.FULL, "VTD-004", HOST_BITS)
            .flag(ContextEntry.P, "VTD-007", "VTD-003")
            .flag(ContextEntry.FPD, "VTD-021", "VTD-003")
            .value(ContextEntry.TT, "VTD-008", "VTD-178", "VTD-008")
            .outside(ContextEntry.TT, 3, 2, "VTD-005")
            .pointer(ContextEntry.SSPTPTR, "VTD-010", "VTD-010")
            .value(ContextEntry.AW, "VTD-010", "VTD-010", "VTD-005")
            .outside(ContextEntry.AW, 0, 2, "VTD-005")
            .outside(ContextEntry.AW, 4, 2, "VTD-005")
            .outside(ContextEntry.AW, 5, 2, "VTD-005")
            .outside(ContextEntry.AW, 6, 2, "VTD-005")
            .outside(ContextEntry.AW, 7, 2, "VTD-005")
            .ignored(ContextEntry.IGNORED, "VTD-051", ContextEntry.AW.mask())
            .value(ContextEntry.DID, "VTD-031", "VTD-031", "VTD-031"));
  }

  private static List<EntryRow> scalable() {
    return List.of(
        half("lower half of a root entry", 0),
        half("upper half of a root entry", 1),
        new EntryRow(
                "scalable-mode context entry",
                ScalableContextEntry.LAYOUT,
                Kind.ANY,
                VtdUnits.FULL,
                "VTD-104",
                HOST_BITS)
            .flag(ScalableContextEntry.P, "VTD-117", "VTD-103")
            .flag(ScalableContextEntry.FPD, "VTD-124", "VTD-103")
            .flag(ScalableContextEntry.DTE, "VTD-178", "VTD-175")
            .flag(ScalableContextEntry.PASIDE, "VTD-157", "VTD-106")
            .flag(ScalableContextEntry.PRE, "VTD-185", "VTD-186")
            .flag(ScalableContextEntry.EPTR, "VTD-178", "VTD-176")
            .value(ScalableContextEntry.PDTS, "VTD-107", "VTD-107", "VTD-107")
            .pointer(ScalableContextEntry.PASIDDIRPTR, "VTD-117", "VTD-117")
            .value(ScalableContextEntry.RID_PASID, "VTD-117", "VTD-117", "VTD-105")
            .flag(ScalableContextEntry.RID_PRIV, "VTD-118", "VTD-118"),
        new EntryRow(
                "PASID directory entry",
                PasidDirectoryEntry.LAYOUT,
                Kind.ANY,
                VtdUnits.FULL,
                "VTD-111",
                HOST_BITS)
            .flag(PasidDirectoryEntry.P, "VTD-117", "VTD-110")
            .flag(PasidDirectoryEntry.FPD, "VTD-124", "VTD-110")
            .pointer(PasidDirectoryEntry.SMPTBLPTR, "VTD-117", "VTD-117"));
  }

  private static EntryRow half(String name, int which) {
    return new EntryRow(
            name,
            ScalableRootEntry.HALF,
            (level, quadword, value) -> level == which,
            VtdUnits.FULL,
            "VTD-102",
            HOST_BITS)
        .flag(ScalableRootEntry.P, "VTD-101", "VTD-101")
        .pointer(ScalableRootEntry.CTP, "VTD-101", "VTD-101");
  }

  private static EntryRow pasidEntry() {
    return new EntryRow(
            "PASID entry", PasidEntry.LAYOUT, Kind.ANY, VtdUnits.FULL, "VTD-113", HOST_BITS)
        .flag(PasidEntry.P, "VTD-117", "VTD-112")
        .flag(PasidEntry.FPD, "VTD-124", "VTD-112")
        .value(PasidEntry.AW, "VTD-149", "VTD-149", "VTD-114")
        .outside(PasidEntry.AW, 0, 2, "VTD-114")
        .outside(PasidEntry.AW, 4, 2, "VTD-114")
        .outside(PasidEntry.AW, 5, 2, "VTD-114")
        .outside(PasidEntry.AW, 6, 2, "VTD-114")
        .outside(PasidEntry.AW, 7, 2, "VTD-114")
        .value(PasidEntry.PGTT, "VTD-119", "VTD-150", "VTD-119")
        .outside(PasidEntry.PGTT, 0, 4, "VTD-114")
        .outside(PasidEntry.PGTT, 5, 4, "VTD-114")
        .outside(PasidEntry.PGTT, 6, 4, "VTD-114")
        .outside(PasidEntry.PGTT, 7, 4, "VTD-114")
        .flag(PasidEntry.SSADE, "VTD-146", "VTD-146")
        .pointer(PasidEntry.SSPTPTR, "VTD-149", "VTD-149")
        .value(PasidEntry.DID, "VTD-171", "VTD-171", "VTD-171")
        .flag(PasidEntry.PWSNP, "VTD-136", "VTD-138")
        .flag(PasidEntry.PGSNP, "VTD-179", "VTD-179")
        .flag(PasidEntry.SRE, "VTD-115", "VTD-115")
        .value(PasidEntry.FSPM, "VTD-140", "VTD-140", "VTD-114")
        .outside(PasidEntry.FSPM, 2, 0, "VTD-114")
        .outside(PasidEntry.FSPM, 3, 1, "VTD-114")
        .flag(PasidEntry.WPE, "VTD-135", "VTD-135")
        .ignored(PasidEntry.IGNORED, "VTD-202", PasidEntry.LAYOUT.reserved(2))
        .flag(PasidEntry.EAFE, "VTD-137", "VTD-137")
        .pointer(PasidEntry.FSPTPTR, "VTD-140", "VTD-140");
  }
}
