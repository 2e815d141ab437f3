package org.iommuref.conformance.catalogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.iommuref.conformance.cases.Cases;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.clause.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The seams at which a clause says that it is shown are those at which it has cases. */
class SeamsTest {

  private static final Targets TARGETS = Targets.onClassPath();
  private static final Catalogue CATALOGUE = Catalogue.load();

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void clausesOfASeam_areThoseOfItsCases(int seam) {
    Cases cases = new Cases();
    Set<ClauseId> shown = new TreeSet<>();
    for (String name : TARGETS.names(seam)) {
      try (Target target = TARGETS.named(name, seam)) {
        cases.directed(seam, target).stream().map(Case::clause).forEach(shown::add);
      }
    }
    Set<ClauseId> said = tested(seam);
    assertThat(said).as("tested clauses of seam %d", seam).isNotEmpty();
    assertThat(said)
        .as("tested clauses of seam %d without a case there", seam)
        .filteredOn(clause -> !shown.contains(clause))
        .isEmpty();
    assertThat(shown)
        .as("clauses with a case at seam %d that do not name it", seam)
        .filteredOn(clause -> !CATALOGUE.isShownAt(clause, seam))
        .isEmpty();
  }

  /** The clauses that must be kept and say that cases at this seam show whether they are. */
  private static Set<ClauseId> tested(int seam) {
    return CATALOGUE.clauses().stream()
        .filter(clause -> clause.check() == Check.TESTED && clause.level() == Level.MUST)
        .filter(clause -> clause.seams().contains(seam))
        .map(ClauseDefinition::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
