package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.matrix.Cells.NONE;

import java.util.EnumMap;
import java.util.Map;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.TranslationAnswer;
import org.iommuref.hw.vtd.unit.DeviceTlbRules;
import org.iommuref.hw.vtd.unit.DmaRequest;
import org.iommuref.hw.vtd.unit.FaultRules;

/**
 * The fault reasons: each told as another, not recorded, silenced or not by FPD otherwise than it
 * should, and answered otherwise to a translation request. Manual 5.1.4.1 and 7.1.3.
 */
final class Reasons {

  private static final String FULL = " at " + VtdUnits.FULL;
  private static final String NOTHING_READ =
      NONE + "the unit has read no structure that holds FPD when it finds out";
  private static final String NO_TRANSLATION_REQUEST =
      NONE + "no translation request is refused for it";
  private static final String PARTLY = NONE + "the completion tells of the rights that are left";

  /** The clause about each reason. */
  private static final Map<FaultReason, String> CLAUSES = new EnumMap<>(FaultReason.class);

  static {
    legacy();
    structures();
    stages();
    interrupts();
  }

  private Reasons() {}

  private static void rule(String clause, FaultReason... reasons) {
    for (FaultReason reason : reasons) {
      CLAUSES.put(reason, clause);
    }
  }

  private static void legacy() {
    rule("VTD-001", FaultReason.LRT_2);
    rule("VTD-002", FaultReason.LRT_3);
    rule("VTD-003", FaultReason.LCT_2);
    rule("VTD-004", FaultReason.LCT_3);
    rule("VTD-005", FaultReason.LCT_4_1, FaultReason.LCT_4_2);
    rule("VTD-016", FaultReason.LRT_1, FaultReason.LCT_1, FaultReason.LCT_4_3, FaultReason.LSS_1);
    rule("VTD-177" + FULL, FaultReason.LCT_5);
    rule("VTD-009", FaultReason.LGN_1_1);
    rule("VTD-178" + FULL, FaultReason.LGN_1_2);
    rule("VTD-008", FaultReason.LGN_1_3);
    rule("VTD-012", FaultReason.LGN_2);
    rule("VTD-013", FaultReason.LGN_3);
    rule("VTD-017", FaultReason.LGN_4);
    rule("VTD-014", FaultReason.LSS_2);
    rule("VTD-018", FaultReason.INTERRUPT_RANGE);
    rule("VTD-122" + FULL, FaultReason.RTA_1, FaultReason.RTA_4);
    rule("VTD-019", FaultReason.RTA_2);
    rule("VTD-187" + FULL, FaultReason.RTA_3);
  }

  private static void structures() {
    rule("VTD-101" + FULL, FaultReason.SRT_2);
    rule("VTD-102" + FULL, FaultReason.SRT_3);
    rule("VTD-103" + FULL, FaultReason.SCT_2);
    rule("VTD-104" + FULL, FaultReason.SCT_3);
    rule("VTD-105" + FULL, FaultReason.SCT_4_1, FaultReason.SCT_4_2, FaultReason.SCT_4_3);
    rule("VTD-175" + FULL, FaultReason.SCT_5);
    rule("VTD-106" + FULL, FaultReason.SCT_6);
    rule("VTD-107" + FULL, FaultReason.SCT_7);
    rule("VTD-186" + FULL, FaultReason.SCT_8);
    rule("VTD-108" + FULL, FaultReason.SCT_9);
    rule("VTD-176" + FULL, FaultReason.SCT_10);
    rule("VTD-110" + FULL, FaultReason.SPD_2);
    rule("VTD-111" + FULL, FaultReason.SPD_3);
    rule("VTD-112" + FULL, FaultReason.SPT_2);
    rule("VTD-113" + FULL, FaultReason.SPT_3);
    rule(
        "VTD-114" + FULL,
        FaultReason.SPT_4_1,
        FaultReason.SPT_4_2,
        FaultReason.SPT_4_3,
        FaultReason.SPT_4_4);
    rule("VTD-115" + FULL, FaultReason.SPT_6);
    rule(
        "VTD-116" + FULL,
        FaultReason.SRT_1,
        FaultReason.SCT_1,
        FaultReason.SPD_1,
        FaultReason.SPT_1);
  }

  private static void stages() {
    rule("VTD-132" + FULL, FaultReason.SFS_1, FaultReason.SFS_4);
    rule("VTD-130" + FULL, FaultReason.SFS_2);
    rule("VTD-131" + FULL, FaultReason.SFS_3);
    rule("VTD-151" + FULL, FaultReason.SFS_5);
    rule("VTD-152" + FULL, FaultReason.SFS_6, FaultReason.SFS_7);
    rule("VTD-153" + FULL, FaultReason.SFS_8);
    rule("VTD-138" + FULL, FaultReason.SFS_9);
    rule("VTD-139" + FULL, FaultReason.SFS_10);
    rule("VTD-144" + FULL, FaultReason.SSS_1, FaultReason.SSS_4);
    rule("VTD-142" + FULL, FaultReason.SSS_2);
    rule("VTD-143" + FULL, FaultReason.SSS_3);
    rule("VTD-147" + FULL, FaultReason.SSS_5);
    rule("VTD-148" + FULL, FaultReason.SSS_6);
    rule("VTD-121" + FULL, FaultReason.SGN_1);
    rule("VTD-133" + FULL, FaultReason.SGN_2);
    rule("VTD-178" + FULL, FaultReason.SGN_4_1);
    rule("VTD-119" + FULL, FaultReason.SGN_4_2);
    rule("VTD-120" + FULL, FaultReason.SGN_5);
    rule("VTD-145" + FULL, FaultReason.SGN_6, FaultReason.SGN_7);
    rule("VTD-123" + FULL, FaultReason.SGN_8);
    rule("VTD-109 at " + VtdUnits.PLAIN, FaultReason.SGN_10);
  }

  private static void interrupts() {
    String strict = "VTD-191 at " + VtdUnits.INTERRUPTS;
    rule("VTD-192" + FULL, FaultReason.IR_20, FaultReason.IR_21);
    rule("VTD-193" + FULL, FaultReason.IR_22, FaultReason.IR_23);
    rule("VTD-194" + FULL, FaultReason.IR_24);
    rule("VTD-191" + FULL, FaultReason.IR_25);
    rule("VTD-195" + FULL, FaultReason.IR_26);
    rule("VTD-208" + FULL, FaultReason.IR_27);
    rule("VTD-207" + FULL, FaultReason.IR_28);
    rule(strict, FaultReason.IR_2A, FaultReason.IR_2B);
  }

  static Cells table() {
    Cells cells = new Cells("fault");
    for (FaultReason reason : FaultReason.values()) {
      String rule = CLAUSES.get(reason);
      if (rule == null) {
        throw new IllegalStateException("no rule for " + reason);
      }
      String subject = subject(reason);
      cells.add(subject, "told as another", VtdProvider.NAME, rule, told(reason));
      cells.add(subject, "not recorded", VtdProvider.NAME, rule, unrecorded(reason));
      String silence = reason.qualified() ? "recorded with FPD" : "not recorded with FPD";
      cells.add(subject, silence, VtdProvider.NAME, silenceRule(reason), otherwiseSilenced(reason));
      cells.add(
          subject, "answered otherwise", VtdProvider.NAME, answerRule(reason), answered(reason));
    }
    return cells;
  }

  /** As {@code 05h LGN.2}. */
  static String subject(FaultReason reason) {
    String id = reason.id().equals("-") ? "" : " " + reason.id();
    return String.format("%02xh", reason.code()) + id;
  }

  private static Cells.Wrong told(FaultReason reason) {
    return (parts, unit) ->
        parts.with(
            new FaultRules() {
              @Override
              public long high(DmaRequest request, FaultReason of) {
                return other(FaultRules.super.high(request, of), of);
              }

              @Override
              public long interruptHigh(int sourceId, FaultReason of) {
                return other(FaultRules.super.interruptHigh(sourceId, of), of);
              }

              private long other(long high, FaultReason of) {
                return of == reason ? FaultRecording.FR.put(high, reason.code() ^ 0x80) : high;
              }
            });
  }

  private static Cells.Wrong unrecorded(FaultReason reason) {
    return (parts, unit) ->
        parts.with(
            new FaultRules() {
              @Override
              public boolean isSilenced(FaultReason of, boolean fpd) {
                return of == reason || FaultRules.super.isSilenced(of, fpd);
              }
            });
  }

  private static Cells.Wrong otherwiseSilenced(FaultReason reason) {
    return (parts, unit) ->
        parts.with(
            new FaultRules() {
              @Override
              public boolean isSilenced(FaultReason of, boolean fpd) {
                return of == reason
                    ? fpd && !reason.qualified()
                    : FaultRules.super.isSilenced(of, fpd);
              }
            });
  }

  private static String silenceRule(FaultReason reason) {
    return switch (reason) {
      case SPD_1, SPT_1 -> "VTD-124" + FULL;
      case SCT_8 -> "VTD-124" + FULL;
      case SGN_10 -> "VTD-124 at " + VtdUnits.PLAIN;
      default -> {
        if (!reason.qualified()) {
          yield NOTHING_READ;
        }
        yield reason.name().startsWith("L")
            ? "VTD-021" + FULL
            : (reason.name().startsWith("IR") ? "VTD-203" : "VTD-124") + FULL;
      }
    };
  }

  private static String answerRule(FaultReason reason) {
    if (reason.answer() == TranslationAnswer.RIGHTS) {
      return PARTLY;
    }
    return switch (reason) {
      case LGN_1_2, LGN_1_3, SGN_4_1, SCT_8, SCT_10, RTA_3, INTERRUPT_RANGE ->
          NO_TRANSLATION_REQUEST;
      case SGN_10 -> NONE + "no unit of the model with device-TLBs has so few PASIDs";
      default -> reason.name().startsWith("IR") ? NO_TRANSLATION_REQUEST : "VTD-180" + FULL;
    };
  }

  /** An unsupported request where it is none, and no rights where it is one. */
  private static Cells.Wrong answered(FaultReason reason) {
    TranslationAnswer other =
        reason.answer() == TranslationAnswer.UNSUPPORTED
            ? TranslationAnswer.NO_RIGHTS
            : TranslationAnswer.UNSUPPORTED;
    return (parts, unit) ->
        parts.with(
            parts
                .scalable()
                .with(
                    new DeviceTlbRules() {
                      @Override
                      public TranslationAnswer answer(FaultReason of) {
                        return of == reason ? other : DeviceTlbRules.super.answer(of);
                      }
                    }));
  }
}
