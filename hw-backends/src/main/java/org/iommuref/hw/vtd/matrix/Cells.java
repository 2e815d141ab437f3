package org.iommuref.hw.vtd.matrix;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.VtdUnitProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.hw.vtd.unit.VtdConfiguration;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.MutantCell;

/** The cells of one table of the matrix as they are made, with their mutants. */
final class Cells {

  /** What stands before the reason in a rule that has no mutant. */
  static final String NONE = "none: ";

  /** What stands in a rule before the unit that its mutant is a copy of, where that is another. */
  static final String AT = " at ";

  /** The standard parts with the one that is wrong, for a unit that is built so. */
  @FunctionalInterface
  interface Wrong {
    VtdParts of(VtdParts standard, VtdConfiguration unit);
  }

  private static final Map<String, VtdUnitProvider> UNITS =
      new VtdUnits()
          .units().stream()
              .map(VtdUnitProvider.class::cast)
              .collect(Collectors.toMap(VtdUnitProvider::name, Function.identity()));

  private final String group;
  private final List<MutantCell> cells = new ArrayList<>();
  private final List<Mutant> mutants = new ArrayList<>();

  Cells(String group) {
    this.group = group;
  }

  List<MutantCell> cells() {
    return List.copyOf(cells);
  }

  List<Mutant> mutants() {
    return List.copyOf(mutants);
  }

  /**
   * Adds a cell.
   *
   * @param subject entry, register, invalidation or fault reason
   * @param part what of it is taken wrongly, in a few words
   * @param base the unit that the mutant is a copy of
   * @param rule the clauses that the mutant violates, or {@link #NONE} and the reason
   * @param wrong the standard parts with the one that is wrong
   */
  void add(String subject, String part, String base, String rule, Wrong wrong) {
    if (rule.startsWith(NONE)) {
      cells.add(MutantCell.without(group, subject, part, rule.substring(NONE.length())));
      return;
    }
    int at = rule.indexOf(AT);
    if (at >= 0) {
      add(subject, part, rule.substring(at + AT.length()), rule.substring(0, at), wrong);
      return;
    }
    String name = slug("vtd-" + group + " " + subject + " " + part);
    String title = subject + ": " + part;
    VtdUnitProvider original = UNITS.get(base);
    if (original == null) {
      throw new IllegalArgumentException("no unit " + base);
    }
    VtdConfiguration unit = original.parts().configuration();
    VtdParts parts = wrong.of(VtdParts.standard(), unit).with(unit);
    List<ClauseId> clauses = Stream.of(rule.split(" ")).map(ClauseId::parse).toList();
    mutants.add(
        new Mutant.OfUnit(name, title, clauses, base, new VtdUnitProvider(name, title, parts)));
    cells.add(MutantCell.of(group, subject, part, name));
  }

  private static String slug(String words) {
    return words.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
  }
}
