package org.iommuref.hw.vtd.matrix;

import static org.iommuref.hw.vtd.matrix.Cells.NONE;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.unit.RegisterRules;
import org.iommuref.hw.vtd.unit.VtdConfiguration;

/**
 * The fields of registers but for what a unit reports of itself: each that software writes does not
 * take the value, each that it clears stays, and each that it reads yields 0. Manual 11.4.
 */
final class RegisterFields {

  private static final String FULL = " at " + VtdUnits.FULL;
  private static final String AT_ONCE =
      NONE + "the command is done at once, and nothing tells of it";
  private static final String DETAIL =
      NONE + "0 is what a unit may say that tells nothing more of its errors";
  private static final String HARDWARE = NONE + "hardware alone writes it";
  private static final String HINT = NONE + "without the hint more is removed, which is allowed";

  /** By register and field: what it violates not to take a write, and to read as 0. */
  private static final Map<String, String[]> RULES = new HashMap<>();

  static {
    commands();
    faults();
    queue();
    interrupts();
    event("FE", "VTD-047", "");
    event("IE", "VTD-048", "");
    event("PE", "VTD-201", FULL);
  }

  private RegisterFields() {}

  private static void rule(String field, String ifNotWritten, String ifReadAsZero) {
    RULES.put(field, new String[] {ifNotWritten, ifReadAsZero});
  }

  private static void commands() {
    rule("GCMD TE", "VTD-028", "");
    rule("GCMD SRTP", "VTD-027", "");
    rule("GCMD WBF", AT_ONCE, "");
    rule("GCMD QIE", "VTD-029", "");
    rule("GCMD IRE", "VTD-191" + FULL, "");
    rule("GCMD SIRTP", "VTD-199" + FULL, "");
    rule("GCMD CFI", "VTD-191" + FULL, "");
    rule("GSTS TE", "", "VTD-029");
    rule("GSTS SRTP", "", "VTD-029");
    rule("GSTS WBF", "", AT_ONCE);
    rule("GSTS QIE", "", "VTD-029");
    rule("GSTS IRE", "", "VTD-199" + FULL);
    rule("GSTS SIRTP", "", "VTD-199" + FULL);
    rule("GSTS CFI", "", "VTD-191" + FULL);
    rule("RTADDR TTM", "VTD-050" + FULL, "VTD-050" + FULL);
    rule("RTADDR RTA", "VTD-050", "VTD-050");
    rule("CCMD DID", "VTD-044", HARDWARE);
    rule("CCMD SID", "VTD-044", HARDWARE);
    rule("CCMD FM", "VTD-044", "");
    rule("CCMD CAIG", "", "VTD-044");
    rule("CCMD CIRG", "VTD-044", HARDWARE);
    rule("CCMD ICC", "VTD-044", AT_ONCE);
    rule("IVA AM", "VTD-045", "");
    rule("IVA IH", HINT, "");
    rule("IVA ADDR", "VTD-045", "");
    rule("IOTLB DID", "VTD-045", HARDWARE);
    rule("IOTLB DW", "VTD-049", HARDWARE);
    rule("IOTLB DR", "VTD-049", HARDWARE);
    rule("IOTLB IAIG", "", "VTD-045");
    rule("IOTLB IIRG", "VTD-045", HARDWARE);
    rule("IOTLB IVT", "VTD-045", AT_ONCE);
  }

  private static void faults() {
    rule("FSTS PFO", "VTD-026", "VTD-025");
    rule("FSTS PPF", "", "VTD-024");
    rule("FSTS IQE", "VTD-037", "VTD-037");
    rule("FSTS ICE", "VTD-169" + FULL, "VTD-169" + FULL);
    rule("FSTS ITE", "VTD-168" + FULL, "VTD-168" + FULL);
    rule("FSTS FRI", "", "VTD-023");
    rule("IQERCD IQEI", "", DETAIL);
    rule("IQERCD ITESID", "", DETAIL);
    rule("IQERCD ICESID", "", DETAIL);
  }

  private static void queue() {
    rule("IQH QH", "", "VTD-037");
    rule("IQT QT", "VTD-050", "VTD-050");
    rule("IQA QS", "VTD-050", "VTD-050");
    rule("IQA DW", "VTD-050" + FULL, "VTD-050" + FULL);
    rule("IQA IQA", "VTD-050", "VTD-050");
    rule("ICS IWC", "VTD-036", "VTD-036");
    rule("PQH PQH", "VTD-050" + FULL, "VTD-050" + FULL);
    rule("PQT PQT", HARDWARE, "VTD-185" + FULL);
    rule("PQA PQS", "VTD-050" + FULL, "VTD-050" + FULL);
    rule("PQA PQA", "VTD-050" + FULL, "VTD-050" + FULL);
    rule("PRS PPR", "VTD-185" + FULL, "VTD-185" + FULL);
    rule("PRS PRO", "VTD-188" + FULL, "VTD-188" + FULL);
  }

  private static void interrupts() {
    rule("IRTA S", "VTD-050" + FULL, "VTD-050" + FULL);
    rule("IRTA EIME", "VTD-050" + FULL, "VTD-050" + FULL);
    rule("IRTA IRTA", "VTD-050" + FULL, "VTD-050" + FULL);
  }

  private static void event(String name, String event, String base) {
    rule(name + "CTL IP", "", event + base);
    rule(name + "CTL IM", event + base, "VTD-050" + base);
    rule(name + "DATA IMD", "VTD-050" + base, "VTD-050" + base);
    rule(name + "ADDR MA", "VTD-050" + base, "VTD-050" + base);
    rule(name + "UADDR MUA", "VTD-050" + FULL, "VTD-050" + FULL);
  }

  static Cells table() {
    Cells cells = new Cells("register");
    for (Register register : Register.values()) {
      if (!ReportedFields.isReported(register) && register != Register.FRCD) {
        register.layout().fields().forEach(field -> add(cells, register, field));
      }
    }
    return cells;
  }

  private static void add(Cells cells, Register register, Field field) {
    String[] rules = RULES.get(register + " " + field.name());
    if (rules == null) {
      throw new IllegalStateException(register + " has no rule for " + field);
    }
    String part = field.toString();
    switch (field.access()) {
      case RW -> {
        cells.add(
            register.name(),
            part + " not written",
            VtdProvider.NAME,
            rules[0],
            unwritten(register, field));
        readAsZero(cells, register, field, rules[1]);
      }
      case WO ->
          cells.add(
              register.name(),
              part + " not written",
              VtdProvider.NAME,
              rules[0],
              unwritten(register, field));
      case RO -> readAsZero(cells, register, field, rules[1]);
      case RW1C -> {
        cells.add(
            register.name(),
            part + " not cleared",
            VtdProvider.NAME,
            rules[0],
            unwritten(register, field));
        readAsZero(cells, register, field, rules[1]);
      }
    }
  }

  private static void readAsZero(Cells cells, Register register, Field field, String rule) {
    cells.add(
        register.name(),
        field + " read as 0",
        VtdProvider.NAME,
        rule,
        (parts, unit) ->
            parts.with(
                new RegisterRules() {
                  @Override
                  public long read(int offset, long value) {
                    return value & ~maskAt(register, field, offset, unit);
                  }
                }));
  }

  /** A write neither changes nor clears the field. */
  private static Cells.Wrong unwritten(Register register, Field field) {
    return (parts, unit) ->
        parts.with(
            new RegisterRules() {
              @Override
              public long written(
                  int offset, long before, long bits, long writable, long clearable) {
                long kept = ~maskAt(register, field, offset, unit);
                return RegisterRules.super.written(
                    offset, before, bits, writable & kept, clearable & kept);
              }
            });
  }

  /** The bits of a field in the quadword of registers at an offset. */
  static long maskAt(Register register, Field field, int offset, VtdConfiguration unit) {
    int at = register.offset(unit.capability(), unit.extendedCapability());
    return offset == (at & ~7) ? field.mask() << (8 * (at & 4)) : 0;
  }
}
