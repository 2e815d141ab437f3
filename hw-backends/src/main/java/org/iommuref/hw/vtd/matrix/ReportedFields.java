package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.matrix.Cells.NONE;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.hw.vtd.CachingModeProvider;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.unit.RegisterRules;

/**
 * What a unit reports of itself in VER, CAP and ECAP: each field tells otherwise than the unit is
 * built, a flag the opposite, a number another. Manual 11.4.1 to 11.4.3.
 */
final class ReportedFields {

  private static final String FULL = " at " + VtdUnits.FULL;
  private static final String MORE =
      NONE + "a unit may be able to do more than it reports, and software never asks for it";
  private static final String UNUSED =
      NONE + "no unit of the model has it, and no rule is about it";
  private static final String WRITE_BUFFERS =
      NONE + "software that flushes write buffers which are none does no harm";

  private static final Map<String, String> RULES = new HashMap<>();

  static {
    version();
    capability();
    extendedCapability();
    scalable();
  }

  private ReportedFields() {}

  static boolean isReported(Register register) {
    return switch (register) {
      case VER, CAP, ECAP -> true;
      default -> false;
    };
  }

  private static void version() {
    RULES.put("VER MIN", NONE + "nothing depends on it");
    RULES.put("VER MAX", "VTD-046");
  }

  private static void capability() {
    RULES.put("CAP ND", "VTD-004");
    RULES.put("CAP RWBF", WRITE_BUFFERS);
    RULES.put("CAP PLMR", UNUSED);
    RULES.put("CAP PHMR", UNUSED);
    RULES.put("CAP CM", "VTD-042 at " + CachingModeProvider.NAME);
    RULES.put("CAP SAGAW", "VTD-010");
    RULES.put("CAP MGAW", "VTD-009");
    RULES.put("CAP ZLR", "VTD-020");
    RULES.put("CAP FRO", "VTD-022");
    RULES.put("CAP SSLPS", "VTD-015");
    RULES.put("CAP PSI", MORE);
    RULES.put("CAP NFR", "VTD-023");
    RULES.put("CAP MAMV", "VTD-037");
    RULES.put("CAP DWD", MORE);
    RULES.put("CAP DRD", MORE);
    RULES.put("CAP FS1GP", "VTD-131" + FULL);
    RULES.put("CAP PI", "VTD-194" + FULL);
    RULES.put("CAP FS5LP", "VTD-114" + FULL);
    RULES.put("CAP ECMDS", UNUSED);
    RULES.put("CAP ESIRTPS", "VTD-199 at " + VtdUnits.SECOND);
    RULES.put("CAP ESRTPS", "VTD-043");
  }

  private static void extendedCapability() {
    RULES.put("ECAP C", NONE + "software that flushes what is snooped does no harm");
    RULES.put("ECAP QI", MORE);
    RULES.put("ECAP DT", "VTD-104" + FULL);
    RULES.put("ECAP IR", "VTD-210" + FULL);
    RULES.put("ECAP EIM", MORE);
    RULES.put("ECAP PT", "VTD-005");
    RULES.put("ECAP SC", "VTD-143" + FULL);
    RULES.put("ECAP IRO", "VTD-045");
    RULES.put("ECAP MHMV", MORE);
    RULES.put("ECAP NEST", "VTD-114" + FULL);
    RULES.put("ECAP PRS", "VTD-104" + FULL);
    RULES.put("ECAP SRS", "VTD-113" + FULL);
    RULES.put("ECAP NWFS", "VTD-181" + FULL);
    RULES.put("ECAP EAFS", "VTD-113" + FULL);
    RULES.put("ECAP PSS", "VTD-109 at " + VtdUnits.PLAIN);
    RULES.put("ECAP PASID", "VTD-104" + FULL);
    RULES.put("ECAP DIT", "VTD-167" + FULL);
    RULES.put("ECAP PDS", "VTD-037" + FULL);
    RULES.put("ECAP EIMER", "VTD-191" + FULL);
    RULES.put("ECAP IRREQ", "VTD-191" + FULL);
  }

  private static void scalable() {
    RULES.put("ECAP SMTS", "VTD-122" + FULL);
    RULES.put("ECAP SSADS", "VTD-113" + FULL);
    RULES.put("ECAP SSTS", "VTD-113" + FULL);
    RULES.put("ECAP FSTS", "VTD-114" + FULL);
    RULES.put("ECAP SMPWCS", "VTD-113" + FULL);
    RULES.put("ECAP RPS", "VTD-104" + FULL);
    RULES.put("ECAP ADMS", "VTD-122" + FULL);
    RULES.put("ECAP RPRIVS", "VTD-104" + FULL);
    RULES.put("ECAP PTRS", "VTD-104" + FULL);
    RULES.put(
        "ECAP SMS",
        NONE + "a stop marker that finds no room is dropped in silence with it or without");
  }

  static Cells table() {
    Cells cells = new Cells("report");
    for (Register register : Register.values()) {
      if (isReported(register)) {
        register.layout().fields().forEach(field -> add(cells, register, field));
      }
    }
    return cells;
  }

  private static void add(Cells cells, Register register, Field field) {
    String rule = RULES.get(register + " " + field.name());
    if (rule == null) {
      throw new IllegalStateException(register + " has no rule for " + field);
    }
    boolean flag = field.width() == 1;
    cells.add(
        register.name(),
        field + (flag ? " inverted" : " told otherwise"),
        VtdProvider.NAME,
        rule,
        (parts, unit) ->
            parts.with(
                new RegisterRules() {
                  @Override
                  public long read(int offset, long value) {
                    long mask = RegisterFields.maskAt(register, field, offset, unit);
                    return mask == 0
                        ? value
                        : otherwise(register + " " + field.name(), value, mask);
                  }
                }));
  }

  /**
   * A flag inverted; of a set of sizes one of them, the version that has no invalidation by
   * registers, of other numbers one less.
   */
  private static long otherwise(String field, long value, long mask) {
    long one = Long.lowestOneBit(mask);
    long changed =
        switch (field) {
          case "VER MAX" -> 6 * one;
          case "CAP SAGAW" -> value ^ one << 3;
          case "CAP SSLPS" -> value ^ one << 1;
          default -> value - one;
        };
    return (value & ~mask) | (changed & mask);
  }
}
