package org.iommuref.hw.vtd.matrix;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.Layout;
import org.iommuref.hw.vtd.unit.InterruptRules;
import org.iommuref.hw.vtd.unit.TableGeometry;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.memory.Memory.Atom;

/**
 * A kind of entry with the rule for each of its fields; every field of the layout has one.
 *
 * <p>A rule is a list of clauses that a unit violates which takes the field wrongly, or the reason
 * why nobody could tell.
 */
final class EntryRow {

  /** Whether an entry is of the kind, by its level and quadword as memory holds it. */
  @FunctionalInterface
  interface Kind {

    /** Every entry of the layout. */
    Kind ANY = (level, quadword, value) -> true;

    boolean holds(int level, int quadword, long value);
  }

  /** A way to take a field wrongly: of a quadword, what it is taken for. */
  @FunctionalInterface
  interface Misreading {
    long of(long quadword);
  }

  /** Where entries are taken wrongly: of the standard parts, those that do. */
  @FunctionalInterface
  interface Place {
    VtdParts misread(VtdParts parts, Kind kind, int quadword, Misreading wrong);
  }

  private record Rule(Field field, String how, String rule, Misreading wrong) {}

  private final String name;
  private final Layout layout;
  private final Kind kind;
  private final String base;
  private final String reserved;
  private final int hostAddressBits;
  private final List<Rule> rules = new ArrayList<>();
  private final Map<Field, Boolean> ruled = new HashMap<>();
  private Place place;

  /**
   * Begins a kind.
   *
   * @param name as the table shows it
   * @param layout its fields
   * @param kind which entries of the layout
   * @param base the unit that the mutants are copies of
   * @param reserved the clause about its reserved fields
   * @param hostAddressBits the width of pointers
   */
  EntryRow(
      String name, Layout layout, Kind kind, String base, String reserved, int hostAddressBits) {
    this.name = name;
    this.layout = layout;
    this.kind = kind;
    this.base = base;
    this.reserved = reserved;
    this.hostAddressBits = hostAddressBits;
    this.place =
        (parts, of, quadword, wrong) -> parts.with(new Misread(layout, of, quadword, wrong));
  }

  /** The kind is one of interrupt entries, which are told apart by their first quadword. */
  EntryRow ofInterrupts() {
    place =
        (parts, of, quadword, wrong) ->
            parts.with(parts.scalable().with(new MisreadInterrupt(of, quadword, wrong)));
    return this;
  }

  /** The kind is that of posted-interrupt descriptors. */
  EntryRow ofPosting() {
    place =
        (parts, of, quadword, wrong) ->
            parts.with(parts.scalable().with(new MisreadDescriptor(quadword, wrong)));
    return this;
  }

  private EntryRow rule(Field field, String how, String rule, Misreading wrong) {
    ruled.put(field, true);
    rules.add(new Rule(field, how, rule, wrong));
    return this;
  }

  /** A field of one bit. */
  EntryRow flag(Field field, String ifClear, String ifSet) {
    rule(field, "taken for 0", ifClear, value -> value & ~field.mask());
    return rule(field, "taken for 1", ifSet, value -> value | field.mask());
  }

  /** A field that holds a number or a code. */
  EntryRow value(Field field, String ifZero, String ifLowestLost, String ifHighestLost) {
    long highest = Long.highestOneBit(field.mask());
    rule(field, "taken for 0", ifZero, value -> value & ~field.mask());
    rule(field, "without its lowest bit", ifLowestLost, value -> value & ~lowest(field));
    return rule(field, "without its highest bit", ifHighestLost, value -> value & ~highest);
  }

  /** A field that holds the address of a table or page; bits beyond the host are reserved. */
  EntryRow pointer(Field field, String ifZero, String ifLowestLost) {
    return pointer(field, ifZero, ifLowestLost, reserved);
  }

  /** The same where another rule is about the bits beyond the host. */
  EntryRow pointer(Field field, String ifZero, String ifLowestLost, String ifBeyond) {
    long beyond = field.mask() & -1L << hostAddressBits;
    rule(field, "taken for 0", ifZero, value -> value & ~field.mask());
    rule(field, "without its lowest bit", ifLowestLost, value -> value & ~lowest(field));
    return rule(field, "bits beyond the host not seen", ifBeyond, value -> value & ~beyond);
  }

  /** A field that hardware ignores: a unit that does not sees other bits inverted. */
  EntryRow ignored(Field field, String rule, long others) {
    return rule(field, "not ignored", rule, value -> field.isSet(value) ? value ^ others : value);
  }

  /** A value of a field that is reserved or not supported, taken for another. */
  EntryRow outside(Field field, long code, long takenFor, String rule) {
    return rule(
        field,
        Long.toBinaryString(code) + "b taken for " + Long.toBinaryString(takenFor) + "b",
        rule,
        value -> field.get(value) == code ? field.put(value, takenFor) : value);
  }

  /** Adds the cells of all fields and of all reserved bits. */
  void addTo(Cells cells) {
    for (Field field : layout.fields()) {
      if (!ruled.containsKey(field)) {
        throw new IllegalStateException(name + " has no rule for " + field);
      }
    }
    for (Rule rule : rules) {
      add(
          cells,
          rule.field().toString() + " " + rule.how(),
          rule.rule(),
          rule.field().quadword(),
          rule.wrong());
    }
    for (Field run : ReservedRuns.of(layout)) {
      String part = "reserved " + range(run) + " not seen";
      add(cells, part, reserved, run.quadword(), value -> value & ~run.mask());
    }
  }

  private void add(Cells cells, String part, String rule, int quadword, Misreading wrong) {
    cells.add(name, part, base, rule, (parts, unit) -> place.misread(parts, kind, quadword, wrong));
  }

  private static String range(Field run) {
    return run.toString().substring(run.name().length() + 1);
  }

  private static long lowest(Field field) {
    return Long.lowestOneBit(field.mask());
  }

  /** What a walk takes entries of a kind for. */
  private record Misread(Layout layout, Kind kind, int quadword, Misreading wrong)
      implements TableGeometry {
    @Override
    public long seen(Layout entry, int level, int of, long value) {
      return entry == layout && of == quadword && kind.holds(level, of, value)
          ? wrong.of(value)
          : value;
    }
  }

  /** What interrupt entries of a kind are taken for. */
  private record MisreadInterrupt(Kind kind, int quadword, Misreading wrong)
      implements InterruptRules {
    @Override
    public Atom seen(Atom entry) {
      if (!kind.holds(0, 0, entry.low())) {
        return entry;
      }
      return quadword == 0
          ? new Atom(wrong.of(entry.low()), entry.high())
          : new Atom(entry.low(), wrong.of(entry.high()));
    }
  }

  /** What posted-interrupt descriptors are taken for. */
  private record MisreadDescriptor(int quadword, Misreading wrong) implements InterruptRules {
    @Override
    public long seenOfDescriptor(int of, long value) {
      return of == quadword ? wrong.of(value) : value;
    }
  }
}
