package org.iommuref.hw.vtd.matrix;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.FaultRules;
import org.iommuref.hw.vtd.unit.PageRequestRules;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.PageRequestMessage;

/**
 * The fields that a unit fills: those of a fault record, for each kind of request, class of reasons
 * and interrupt that they depend on, and of a page request, each left out or told otherwise. Manual
 * 7.4.1.1 and 11.4.7.6.
 */
final class RecordFields {

  private static final String FULL = VtdUnits.FULL;
  private static final String NO_INDEX = Cells.NONE + "no index was found out, and FI is undefined";
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

  private static final Set<FaultReason> WITHOUT_INDEX =
      EnumSet.of(FaultReason.IR_20, FaultReason.IR_25, FaultReason.IR_2A, FaultReason.IR_2B);
  private static final List<Field> OF_KINDS =
      List.of(
          FaultRecording.T1,
          FaultRecording.T2,
          FaultRecording.AT,
          FaultRecording.PP,
          FaultRecording.PV,
          FaultRecording.PRIV,
          FaultRecording.EXE);

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
    requests(cells);
    reasons(cells);
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

  /** The fields that depend on the kind of the request. */
  private static void requests(Cells cells) {
    for (RecordKind kind : RecordKind.values()) {
      for (Field field : OF_KINDS) {
        Recorded wrong = (request, reason, atom) -> kind.is(request) ? inverted(field, atom) : atom;
        cells.add(
            "fault record of " + kind.words(),
            field + " told otherwise",
            FULL,
            kind.rule(field),
            wrong.of());
      }
    }
  }

  /** The fields that a walk could take from elsewhere. */
  private static void reasons(Cells cells) {
    for (RecordReasons reasons : RecordReasons.values()) {
      for (Field field : List.of(FaultRecording.FI, FaultRecording.SID)) {
        Recorded wrong =
            (request, reason, atom) ->
                RecordReasons.of(request, reason) == reasons ? inverted(field, atom) : atom;
        cells.add(
            "fault record of a refusal by " + reasons.words(),
            field + " told otherwise",
            FULL,
            reasons.rule(),
            wrong.of());
      }
    }
  }

  /** What the record of a request is made into. */
  @FunctionalInterface
  private interface Recorded {
    Atom of(DmaRequest request, FaultReason reason, Atom record);

    default Cells.Wrong of() {
      return (parts, unit) ->
          parts.with(
              new FaultRules() {
                @Override
                public Atom recorded(DmaRequest request, FaultReason reason, Atom record) {
                  return of(request, reason, record);
                }
              });
    }
  }

  /** The record with the lowest bit of a field the other way round. */
  private static Atom inverted(Field field, Atom record) {
    long lowest = Long.lowestOneBit(field.mask());
    return field.quadword() == 0
        ? new Atom(record.low() ^ lowest, record.high())
        : new Atom(record.low(), record.high() ^ lowest);
  }

  private static void interrupts(Cells cells) {
    for (FaultReason reason : FaultReason.values()) {
      if (reason.name().startsWith("IR")) {
        String subject = "fault record of an interrupt, " + Reasons.subject(reason).strip();
        String index = WITHOUT_INDEX.contains(reason) ? NO_INDEX : "VTD-200";
        interrupt(cells, reason, subject, "index in FI 63:48 told otherwise", index, 1L << 48, 0);
        interrupt(cells, reason, subject, "FI 47:12 not clear", index, 1L << 12, 0);
        String source =
            switch (reason) {
              case IR_2A, IR_2B -> "VTD-200 at " + VtdUnits.INTERRUPTS;
              case IR_25 -> "VTD-191";
              default -> "VTD-200";
            };
        interrupt(cells, reason, subject, FaultRecording.SID + " told otherwise", source, 0, 1);
      }
    }
    Recorded range =
        (request, reason, atom) ->
            reason == FaultReason.INTERRUPT_RANGE ? inverted(FaultRecording.SID, atom) : atom;
    String subject = "fault record of no valid interrupt, 29h";
    cells.add(subject, FaultRecording.SID + " told otherwise", FULL, "VTD-018", range.of());
  }

  private static void interrupt(
      Cells cells, FaultReason of, String subject, String part, String rule, long low, long high) {
    cells.add(
        subject,
        part,
        FULL,
        rule,
        (parts, unit) ->
            parts.with(
                new FaultRules() {
                  @Override
                  public Atom recorded(FaultReason reason, Atom record) {
                    return reason == of
                        ? new Atom(record.low() ^ low, record.high() ^ high)
                        : record;
                  }
                }));
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
