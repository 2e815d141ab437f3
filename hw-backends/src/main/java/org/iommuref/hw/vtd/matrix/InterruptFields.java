package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.matrix.Cells.NONE;

import java.util.List;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.matrix.EntryRow.Kind;

/** The fields of interrupt entries, remapped and posted. Manual 9.9 and 9.10. */
final class InterruptFields {

  private static final String ALIGNED =
      NONE + "software may put descriptors where it likes, and 64 bytes is the least that tells";
  private static final String MEMORY = NONE + "no memory lies there";

  private InterruptFields() {}

  static List<EntryRow> rows() {
    return List.of(remapped(), posted());
  }

  private static Kind posted(boolean posted) {
    return (level, quadword, value) -> InterruptEntry.IM.isSet(value) == posted;
  }

  private static EntryRow row(String name, boolean posted) {
    return new EntryRow(
            name,
            posted ? InterruptEntry.POSTED : InterruptEntry.REMAPPED,
            posted(posted),
            VtdUnits.FULL,
            "VTD-194",
            EntryFields.HOST_BITS)
        .ofInterrupts()
        .flag(InterruptEntry.P, posted ? "VTD-197" : "VTD-196", posted ? "VTD-194" : "VTD-193")
        .flag(InterruptEntry.FPD, "VTD-203", "VTD-194")
        .ignored(InterruptEntry.AVAILABLE, "VTD-194", InterruptEntry.P.mask())
        .flag(
            InterruptEntry.IM,
            posted ? "VTD-197" : NONE + "it is clear",
            posted ? NONE + "it is set" : "VTD-196")
        .value(
            InterruptEntry.V,
            posted ? "VTD-204" : "VTD-196",
            posted ? "VTD-204" : "VTD-196",
            posted ? "VTD-204" : "VTD-196")
        .value(InterruptEntry.SID, "VTD-195", "VTD-195", "VTD-195")
        .value(InterruptEntry.SQ, "VTD-195", "VTD-195", "VTD-195")
        .value(InterruptEntry.SVT, "VTD-195", "VTD-195", "VTD-195")
        .outside(InterruptEntry.SVT, 3, 0, "VTD-194");
  }

  private static EntryRow remapped() {
    return row("remapped interrupt entry", false)
        .flag(InterruptEntry.DM, "VTD-196", "VTD-196")
        .flag(InterruptEntry.RH, "VTD-196", "VTD-196")
        .flag(InterruptEntry.TM, "VTD-196", "VTD-196")
        .value(InterruptEntry.DLM, "VTD-196", "VTD-196", "VTD-196")
        .value(InterruptEntry.DST, "VTD-196", "VTD-196", "VTD-196");
  }

  private static EntryRow posted() {
    return row("posted interrupt entry", true)
        .flag(InterruptEntry.URG, "VTD-205", "VTD-205")
        .value(InterruptEntry.PDA_LOW, "VTD-197", ALIGNED, MEMORY)
        .value(InterruptEntry.PDA_HIGH, "VTD-197", "VTD-197", "VTD-194");
  }
}
