package org.iommuref.hw.vtd.matrix;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.unit.FaultRules;
import org.iommuref.hw.vtd.unit.PageRequestRules;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.PageRequestMessage;

/**
 * The fields that a unit fills: those of a fault record, of a request or an interrupt, and of a
 * page request, each left out and each told where it is not so. Manual 7.4.1.1 and 11.4.7.6.
 */
final class RecordFields {

  private static final String FULL = VtdUnits.FULL;
  private static final Map<Field, String> OF_REQUESTS = new HashMap<>();

  static {
    OF_REQUESTS.put(FaultRecording.FI, "VTD-022");
    OF_REQUESTS.put(FaultRecording.SID, "VTD-022");
    OF_REQUESTS.put(FaultRecording.T2, "VTD-022");
    OF_REQUESTS.put(FaultRecording.PRIV, "VTD-125");
    OF_REQUESTS.put(FaultRecording.EXE, "VTD-125");
    OF_REQUESTS.put(FaultRecording.PP, "VTD-125");
    OF_REQUESTS.put(FaultRecording.FR, "VTD-013");
    OF_REQUESTS.put(FaultRecording.PV, "VTD-125");
    OF_REQUESTS.put(FaultRecording.AT, "VTD-184");
    OF_REQUESTS.put(FaultRecording.T1, "VTD-022");
    OF_REQUESTS.put(FaultRecording.F, "VTD-013");
  }

  private RecordFields() {}

  static Cells table() {
    Cells cells = new Cells("record");
    for (Field field : FaultRecording.LAYOUT.fields()) {
      String rule = OF_REQUESTS.get(field);
      if (rule == null) {
        throw new IllegalStateException("a fault record has no rule for " + field);
      }
      String subject = "fault record of a request";
      cells.add(subject, field + " left out", FULL, rule, stored(field, 0, ~field.mask()));
      if (field.width() == 1 && !field.equals(FaultRecording.F)) {
        cells.add(subject, field + " always set", FULL, rule, stored(field, field.mask(), -1));
      } else if (field.width() > 1) {
        long lowest = Long.lowestOneBit(field.mask());
        long highest = Long.highestOneBit(field.mask());
        cells.add(
            subject,
            field + " without its lowest bit",
            FULL,
            field.equals(FaultRecording.FR) ? "VTD-012" : rule,
            stored(field, 0, ~lowest));
        cells.add(
            subject,
            field + " without its highest bit",
            FULL,
            highest(field, rule),
            stored(field, 0, ~highest));
      }
    }
    interrupts(cells);
    pages(cells);
    return cells;
  }

  private static String highest(Field field, String rule) {
    if (field.equals(FaultRecording.FI)) {
      return Cells.NONE + "bits beyond the widest address are 0";
    }
    return field.equals(FaultRecording.FR) ? "VTD-121" : rule;
  }

  private static Cells.Wrong stored(Field field, long set, long kept) {
    return (parts, unit) ->
        parts.with(
            new FaultRules() {
              @Override
              public long stored(int quadword, long value) {
                return quadword == field.quadword() ? (value & kept) | set : value;
              }
            });
  }

  private static void interrupts(Cells cells) {
    String subject = "fault record of an interrupt";
    cells.add(
        subject,
        "FI 63:12 left out",
        FULL,
        "VTD-200",
        (parts, unit) ->
            parts.with(
                new FaultRules() {
                  @Override
                  public long interruptLow(int index) {
                    return 0;
                  }
                }));
    for (Field field : new Field[] {FaultRecording.SID, FaultRecording.FR}) {
      cells.add(
          subject,
          field + " left out",
          FULL,
          field.equals(FaultRecording.SID) ? "VTD-200" : "VTD-193",
          (parts, unit) ->
              parts.with(
                  new FaultRules() {
                    @Override
                    public long interruptHigh(int sourceId, FaultReason reason) {
                      return FaultRules.super.interruptHigh(sourceId, reason) & ~field.mask();
                    }
                  }));
    }
  }

  private static void pages(Cells cells) {
    for (Field field : PageRequestRegisters.DESCRIPTOR.fields()) {
      cells.add(
          "page request",
          field + " left out",
          FULL,
          "VTD-185",
          (parts, unit) -> parts.with(parts.scalable().with(queued(field, 0))));
      if (field.width() == 1) {
        cells.add(
            "page request",
            field + " always set",
            FULL,
            "VTD-185",
            (parts, unit) -> parts.with(parts.scalable().with(queued(field, field.mask()))));
      }
    }
  }

  private static PageRequestRules queued(Field field, long set) {
    return new PageRequestRules() {
      @Override
      public Atom descriptor(PageRequestMessage request) {
        Atom whole = PageRequestRules.super.descriptor(request);
        return field.quadword() == 0
            ? new Atom((whole.low() & ~field.mask()) | set, whole.high())
            : new Atom(whole.low(), (whole.high() & ~field.mask()) | set);
      }
    };
  }
}
