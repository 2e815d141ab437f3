package org.iommuref.hw.vtd.matrix;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.unit.Descriptor;
import org.iommuref.hw.vtd.unit.QueueRules;
import org.iommuref.spec.memory.Memory.Atom;
import org.jspecify.annotations.Nullable;

/**
 * A type of descriptor with the rule for each of its fields; every field of the layout has one. The
 * fields that are named after an order count in descriptors of that order alone.
 */
final class DescriptorRow {

  private static final String RESERVED = "VTD-037";
  private static final String UPPER_HALF = "VTD-166";

  private record Rule(
      @Nullable Field code,
      long order,
      String part,
      String rule,
      UnaryOperator<Descriptor> wrong) {}

  private final Layout layout;
  private final int type;
  private final String name;
  private final String base;
  private final List<Rule> rules = new ArrayList<>();
  private final Set<Field> ruled = new HashSet<>();
  private @Nullable Field code;
  private long order;
  private String orderName = "";

  /**
   * Begins a type.
   *
   * @param layout its fields
   * @param type its number
   * @param mode of the root table, empty where there is only one
   * @param base the unit that the mutants are copies of
   */
  DescriptorRow(Layout layout, int type, String mode, String base) {
    this.layout = layout;
    this.type = type;
    this.name = layout.name() + (mode.isEmpty() ? "" : ", " + mode);
    this.base = base;
    ruled.add(InvalidationDescriptor.TYPE);
    ruled.add(InvalidationDescriptor.TYPE_HIGH);
    if (base.equals(VtdUnits.FULL)) {
      upperHalf();
    }
    rule("TYPE 11:9 not seen", RESERVED, InvalidationDescriptor.TYPE_HIGH, low -> 0L);
  }

  private void upperHalf() {
    rules.add(
        new Rule(
            null,
            0,
            "bits 255:128 not seen",
            UPPER_HALF,
            d -> new Descriptor(d.mode(), d.content(), new Atom(0, 0))));
  }

  private DescriptorRow rule(String how, String rule, Field field, UnaryOperator<Long> wrong) {
    ruled.add(field);
    String part = orderName + how;
    rules.add(new Rule(code, order, part, rule, d -> changed(d, field, wrong)));
    return this;
  }

  private static Descriptor changed(Descriptor d, Field field, UnaryOperator<Long> wrong) {
    long value = wrong.apply(field.get(d.content()));
    Atom atom = d.content();
    return new Descriptor(
        d.mode(),
        field.quadword() == 0
            ? new Atom(field.put(atom.low(), value), atom.high())
            : new Atom(atom.low(), field.put(atom.high(), value)),
        d.rest());
  }

  /** From here on fields count where a code is this; first, that nothing is done at all. */
  DescriptorRow order(Field field, long value, String words, String rule) {
    code = field;
    order = value;
    orderName = words + ": ";
    ruled.add(field);
    rules.add(new Rule(field, value, words + ": nothing done", rule, DescriptorRow::nothing));
    return this;
  }

  /** Nothing is done at all, where there is one order alone. */
  DescriptorRow alone(String rule) {
    rules.add(new Rule(null, 0, "nothing done", rule, DescriptorRow::nothing));
    return this;
  }

  /** A wait that asks for nothing stands in its place. */
  private static Descriptor nothing(Descriptor d) {
    return new Descriptor(d.mode(), InvalidationDescriptor.fence(), d.rest());
  }

  /** A code that is reserved, taken for another. */
  DescriptorRow reservedCode(Field field, long value, long takenFor, String rule) {
    String part = Long.toBinaryString(value) + "b taken for " + Long.toBinaryString(takenFor) + "b";
    return rule(field + " " + part, rule, field, v -> v == value ? takenFor : v);
  }

  /** A field of one bit. */
  DescriptorRow flag(Field field, String rule) {
    return rule(field + " taken for 0", rule, field, value -> 0L);
  }

  /** A hint that less has to be done. */
  DescriptorRow hint(Field field, String rule) {
    return rule(field + " taken for 1", rule, field, value -> 1L);
  }

  /** A field that the unit ignores; one that does not does nothing. */
  DescriptorRow ignored(Field field, String rule) {
    ruled.add(field);
    rules.add(
        new Rule(code, order, field + " not ignored", rule, d -> d.has(field) ? nothing(d) : d));
    return this;
  }

  /** A field that holds a number. */
  DescriptorRow number(Field field, String ifZero, String ifLowestLost, String ifHighestLost) {
    long highest = 1L << (field.width() - 1);
    rule(field + " taken for 0", ifZero, field, value -> 0L);
    rule(field + " without its lowest bit", ifLowestLost, field, value -> value & -2L);
    return rule(field + " without its highest bit", ifHighestLost, field, v -> v & ~highest);
  }

  /** An address whose bits above the unit's width are ignored. */
  DescriptorRow address(Field field, String rule) {
    rule(field + " taken for 0", rule, field, value -> 0L);
    return rule(field + " without its lowest bit", rule, field, value -> value & -2L);
  }

  /** Adds the cells of all fields and of all reserved bits. */
  void addTo(Cells cells) {
    for (Field field : layout.fields()) {
      if (!ruled.contains(field)) {
        throw new IllegalStateException(name + " has no rule for " + field);
      }
    }
    for (Rule rule : rules) {
      cells.add(name, rule.part(), base, rule.rule(), (parts, unit) -> parts.with(misread(rule)));
    }
    code = null;
    orderName = "";
    int before = rules.size();
    for (Field run : ReservedRuns.of(layout)) {
      String range = run.toString().substring(run.name().length() + 1);
      rule("reserved " + range + " not seen", RESERVED, run, value -> 0L);
    }
    for (Rule rule : rules.subList(before, rules.size())) {
      cells.add(name, rule.part(), base, rule.rule(), (parts, unit) -> parts.with(misread(rule)));
    }
  }

  private QueueRules misread(Rule rule) {
    return new QueueRules() {
      @Override
      public Descriptor seen(Descriptor fetched) {
        Field orders = rule.code();
        boolean same =
            (fetched.type() & 0xf) == type
                && (orders == null || orders.get(fetched.content()) == rule.order());
        return same ? rule.wrong().apply(fetched) : fetched;
      }
    };
  }
}
