package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.layout.PostedDescriptor.CONTROL;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.NDST;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.NV;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.ON;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.PIR_0;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.PIR_1;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.PIR_2;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.PIR_3;
import static org.iommuref.hw.vtd.layout.PostedDescriptor.SN;

import java.util.List;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.PostedDescriptor;
import org.iommuref.hw.vtd.matrix.EntryRow.Kind;
import org.iommuref.hw.vtd.matrix.EntryRow.Misreading;
import org.iommuref.hw.vtd.unit.InterruptRules;

/**
 * The fields of posted-interrupt descriptors: each taken wrongly, and each stored wrongly by the
 * update. Manual 5.2.3 and 9.11.
 */
final class PostedFields {

  private static final String NAME = "posted-interrupt descriptor";
  private static final String ONE_BIT = "VTD-204";
  private static final String NOTIFIED = "VTD-205";
  private static final String NOTIFICATION = "VTD-206";
  private static final String RESERVED = "VTD-207";

  private PostedFields() {}

  static void addTo(Cells cells) {
    read().addTo(cells);
    for (Field field : PostedDescriptor.LAYOUT.fields()) {
      if (field.equals(ON)) {
        stored(cells, field, "not set by the update", NOTIFIED, value -> value & ~field.mask());
      } else {
        stored(cells, field, "cleared by the update", ONE_BIT, value -> value & ~field.mask());
      }
    }
    for (Field part : List.of(part(39, 32), part(63, 48))) {
      cells.add(
          NAME,
          "NDST, bits " + part.high() + ":" + part.low() + " of it not reserved in xAPIC mode",
          VtdUnits.FULL,
          RESERVED,
          (parts, unit) -> parts.with(parts.scalable().with(new NotReserved(part.mask()))));
    }
  }

  private static EntryRow read() {
    return new EntryRow(
            NAME, PostedDescriptor.LAYOUT, Kind.ANY, VtdUnits.FULL, RESERVED, EntryFields.HOST_BITS)
        .ofPosting()
        .value(PIR_0, ONE_BIT, ONE_BIT, ONE_BIT)
        .value(PIR_1, ONE_BIT, ONE_BIT, ONE_BIT)
        .value(PIR_2, ONE_BIT, ONE_BIT, ONE_BIT)
        .value(PIR_3, ONE_BIT, ONE_BIT, ONE_BIT)
        .flag(ON, NOTIFIED, NOTIFIED)
        .flag(SN, NOTIFIED, NOTIFIED)
        .value(NV, NOTIFICATION, NOTIFICATION, NOTIFICATION)
        .value(NDST, NOTIFICATION, NOTIFICATION, NOTIFICATION);
  }

  private static Field part(int high, int low) {
    return new Field("NDST", high, low, Field.Access.RW, "a part of it");
  }

  private static void stored(Cells cells, Field field, String how, String rule, Misreading wrong) {
    cells.add(
        NAME,
        field + " " + how,
        VtdUnits.FULL,
        rule,
        (parts, unit) -> parts.with(parts.scalable().with(new Misstored(field.quadword(), wrong))));
  }

  /** What a quadword of a descriptor is left as. */
  private record Misstored(int quadword, Misreading wrong) implements InterruptRules {
    @Override
    public long storedInDescriptor(int of, long value) {
      return of == quadword ? wrong.of(value) : value;
    }
  }

  /** Bits of the quadword of all but PIR that may be anything. */
  private record NotReserved(long bits) implements InterruptRules {
    @Override
    public long reservedOfDescriptor(int quadword, boolean extended) {
      long reserved = InterruptRules.super.reservedOfDescriptor(quadword, extended);
      return quadword == CONTROL ? reserved & ~bits : reserved;
    }
  }
}
