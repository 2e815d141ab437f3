package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** No case is idle: without the cases of a clause, a mutant that names it gets away. */
@Tag("once")
class DeletedCaseTest {

  /** Generated sequences find out the mutants of these too, even if nobody wrote a case. */
  private static final Set<String> FOUND_BY_SEQUENCES =
      Set.of(
          "ATS-002",
          "ATS-003",
          "ATS-009",
          "ATS-010",
          "ATT-002",
          "DIRTY-035",
          "DIRTY-036",
          "DIRTY-041",
          "DOM-001",
          "DOM-003",
          "DOM-011",
          "FREC-001",
          "FREC-002",
          "FREC-003",
          "FREC-004",
          "FREC-005",
          "FREC-006",
          "FREC-009",
          "FREC-012",
          "INV-001",
          "MAP-002",
          "MAP-003",
          "MAP-006",
          "MAP-009",
          "MAP-012",
          "NEST-001",
          "NEST-009",
          "NEST-012",
          "PASID-001",
          "PRQ-001",
          "PRQ-002",
          "PRQ-003",
          "PRQ-005",
          "PRQ-006");

  /** Several clauses of different areas and layers, each with the mutant that it alone kills. */
  @TestFactory
  Stream<DynamicTest> mutant_ofAClauseWithoutItsCases_survives() {
    return Stream.of(
            "GRP-017 core-failed-return-not-blocked",
            "MAP-024 ideal-map-without-map-024",
            "DOM-004 ideal-free-attached",
            "INV-017 ideal-sync-misses-pasids",
            "VTD-009 vtd-unit-misreports-address-beyond-the-domain")
        .map(pair -> pair.split(" ", 2))
        .map(
            pair ->
                DynamicTest.dynamicTest(
                    pair[0], () -> assertSurvives(ClauseId.parse(pair[0]), pair[1])));
  }

  private static void assertSurvives(ClauseId clause, String name) {
    Mutant mutant = Matrix.TARGETS.mutants().get(name);
    assertThat(mutant).as(name).isNotNull();
    assertThat(Matrix.withoutCasesOf(clause, mutant).word()).as(name).isEqualTo("survived");
  }

  @Test
  void testedMust_withoutItsCases_missesAMutantOrIsFoundBySequences() {
    Set<String> idle = new TreeSet<>();
    for (ClauseId clause : Matrix.testedMust()) {
      if (!missesOne(clause)) {
        idle.add(clause.toString());
      }
    }
    assertThat(idle).containsExactlyInAnyOrderElementsOf(FOUND_BY_SEQUENCES);
  }

  /** Whether the clause's cases kill a mutant by it that nothing else does. */
  private static boolean missesOne(ClauseId clause) {
    return Matrix.naming(clause).stream()
        .filter(mutant -> Matrix.of(mutant).killers().contains(clause))
        .anyMatch(mutant -> !Matrix.withoutCasesOf(clause, mutant).killers().contains(clause));
  }
}
