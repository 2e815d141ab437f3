package org.iommuref.hw.vtd.mutant;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.VtdProvider;
import org.iommuref.hw.vtd.VtdUnitProvider;
import org.iommuref.hw.vtd.VtdUnits;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.UnitProvider;

/**
 * Which unit a mutant of seam 1 is a copy of: one that is built with what its clause is about.
 *
 * <p>The rules of legacy mode are shown by the unit of {@link VtdProvider}, all others by one that
 * has everything; what is wrong only where a feature is missing needs a unit without it.
 */
final class UnitBases {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final int FIRST_OF_OTHER_MODES = 101;
  private static final int SEAM = 1;

  /** Behind the name of a mutant that another seam judges too. */
  private static final String AT_REGISTERS = "-at-registers";

  /** The end of a check's name that says what the unit must have or lack, and such a unit. */
  private static final Map<String, String> OTHERS =
      Map.ofEntries(
          Map.entry("-without-fsts", VtdUnits.SECOND),
          Map.entry("-without-sc", VtdUnits.SECOND),
          Map.entry("-without-pasid", VtdUnits.SECOND),
          Map.entry("-without-pi", VtdUnits.SECOND),
          Map.entry("-without-paside", VtdUnits.FULL),
          Map.entry("-without-dte", VtdUnits.FULL),
          Map.entry("-without-dit", VtdUnits.FULL),
          Map.entry("-beyond-nd", VtdUnits.PLAIN),
          Map.entry("-beyond-the-unit", VtdUnits.PLAIN),
          Map.entry("-mode-required", VtdUnits.INTERRUPTS),
          Map.entry("-remapping-required", VtdUnits.INTERRUPTS));

  private UnitBases() {}

  /** Whether the suite has a case of one of the clauses that a mutant names. */
  static boolean isJudged(UnitMutant mutant) {
    return mutant.violates().stream()
        .anyMatch(clause -> CATALOGUE.cited(clause.toString()).check() == Check.TESTED);
  }

  /** Whether a clause is a rule of units, which seam 1 shows. */
  static boolean isOfUnits(ClauseId clause) {
    return CATALOGUE.isShownAt(clause, SEAM);
  }

  /** The mutant with the rules of units alone, if it breaks one. */
  static Stream<UnitMutant> ofUnits(UnitMutant mutant) {
    List<ClauseId> rules = mutant.violates().stream().filter(UnitBases::isOfUnits).toList();
    boolean alone = rules.size() == mutant.violates().size();
    String name = alone ? mutant.name() : mutant.name() + AT_REGISTERS;
    return rules.isEmpty()
        ? Stream.empty()
        : Stream.of(new UnitMutant(name, mutant.title(), rules, mutant.parts()));
  }

  /** The mutant as a target of seam 1. */
  static Mutant atItsBase(UnitMutant mutant) {
    String base = base(mutant);
    VtdUnitProvider original =
        new VtdUnits()
            .units().stream()
                .filter(unit -> unit.name().equals(base))
                .map(VtdUnitProvider.class::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no unit " + base));
    UnitProvider wrong =
        new VtdUnitProvider(
            mutant.name(), mutant.title(), mutant.parts().with(original.parts().configuration()));
    return new Mutant.OfUnit(mutant.name(), mutant.title(), mutant.violates(), base, wrong);
  }

  private static String base(UnitMutant mutant) {
    String name = mutant.name();
    if (name.equals("vtd-unit-root-pointer-keeps-caches")) {
      return VtdUnits.FULL;
    }
    if (name.startsWith(MergingMutants.MERGES)) {
      return VtdUnits.SECOND;
    }
    if (!name.startsWith("vtd-unit-drops-") && !name.startsWith("vtd-unit-misreports-")) {
      return usual(mutant);
    }
    for (Map.Entry<String, String> other : OTHERS.entrySet()) {
      if (name.endsWith(other.getKey())) {
        return other.getValue();
      }
    }
    return name.contains("-without-") ? VtdUnits.PLAIN : usual(mutant);
  }

  private static String usual(UnitMutant mutant) {
    return mutant.violates().get(0).number() < FIRST_OF_OTHER_MODES
        ? VtdProvider.NAME
        : VtdUnits.FULL;
  }
}
