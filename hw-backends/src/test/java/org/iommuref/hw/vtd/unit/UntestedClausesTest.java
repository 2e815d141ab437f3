package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.mutant.UnitMutant;
import org.iommuref.hw.vtd.mutant.VtdUnitMutants;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Check;
import org.iommuref.spec.clause.ClauseDefinition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the catalogue says of the clauses of VTD that no case of the suite decides is true. */
class UntestedClausesTest {

  private static final Pattern HOLDS =
      Pattern.compile("(\\w+) of hw-backends holds it, and fails for the mutant ([a-z0-9-]+)\\.");

  static List<ClauseDefinition> untested() {
    return Catalogue.load().clausesOf("VTD").stream()
        .filter(clause -> clause.check() == Check.UNTESTED)
        .toList();
  }

  @Test
  void untested_clausesOfTheUnit_areThere() {
    assertThat(untested()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("untested")
  void why_namesATestAndAMutantThatItFailsFor(ClauseDefinition clause) {
    Matcher holds = HOLDS.matcher(clause.why().orElse(""));
    assertThat(holds.find()).as(clause.id() + ": " + clause.why()).isTrue();
    Supplier<DirectedTest> tests = tests(holds.group(1));
    UnitMutant mutant = mutant(holds.group(2));
    Set<String> cited = Set.of(clause.id().toString());

    assertThat(mutant.violates()).as(mutant.name()).contains(clause.id());
    assertThat(DirectedTests.of(tests))
        .as(clause.id() + " in " + holds.group(1))
        .anyMatch(test -> DirectedTests.cites(test, cited) && fails(tests, test, mutant));
  }

  private static boolean fails(Supplier<DirectedTest> tests, Method test, UnitMutant mutant) {
    return DirectedTests.fails(tests, test, mutant.parts());
  }

  private static Supplier<DirectedTest> tests(String name) {
    return DirectedTests.ALL.stream()
        .filter(tests -> tests.get().getClass().getSimpleName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name));
  }

  private static UnitMutant mutant(String name) {
    return Stream.concat(
            VtdUnitMutants.seenByDevices().stream(), VtdUnitMutants.seenAtRegisters().stream())
        .filter(mutant -> mutant.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError("there is no " + name));
  }
}
