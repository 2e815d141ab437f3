package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Method;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.mutant.UnitMutant;
import org.iommuref.hw.vtd.mutant.VtdUnitMutants;
import org.iommuref.hw.vtd.mutant.VtdVariants;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The directed tests are strong enough: each wrong unit fails one that cites a clause it names. */
class UnitMutantTest {

  @TestFactory
  Stream<DynamicTest> mutant_seenAtRegisters_failsATestOfAClauseThatItNames() {
    return VtdUnitMutants.seenAtRegisters().stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> assertKilled(mutant)));
  }

  @TestFactory
  Stream<DynamicTest> mutant_seenByDevices_failsADirectedTestToo() {
    return VtdUnitMutants.seenByDevices().stream()
        .map(mutant -> DynamicTest.dynamicTest(mutant.name(), () -> assertKilledByAny(mutant)));
  }

  @Test
  void mutants_haveNamesOfTheirOwn() {
    List<String> names =
        Stream.concat(
                VtdUnitMutants.seenByDevices().stream(), VtdUnitMutants.seenAtRegisters().stream())
            .map(UnitMutant::name)
            .toList();
    assertThat(names).doesNotHaveDuplicates().allMatch(name -> name.matches("[a-z0-9-]+"));
    assertThat(VtdUnitMutants.seenByDevices()).hasSizeGreaterThanOrEqualTo(25);
  }

  @Test
  void unitThatNeverCaches_passesWhatNeedsNoCache() {
    for (Supplier<DirectedTest> test :
        List.<Supplier<DirectedTest>>of(
            FaultReasonTest::new, WalkTest::new, QueueTest::new, DrainTest::new)) {
      for (Method method : DirectedTests.of(test)) {
        assertThat(DirectedTests.fails(test, method, VtdVariants.neverCaches()))
            .as("%s", method)
            .isFalse();
      }
    }
  }

  private static void assertKilled(UnitMutant mutant) {
    Set<String> named =
        mutant.violates().stream().map(Object::toString).collect(Collectors.toSet());
    Set<String> survived = new TreeSet<>();
    for (Supplier<DirectedTest> test : DirectedTests.ALL) {
      for (Method method : DirectedTests.of(test)) {
        if (DirectedTests.cites(method, named)) {
          if (DirectedTests.fails(test, method, mutant.parts())) {
            return;
          }
          survived.add(method.getName());
        }
      }
    }
    fail("%s survived %s", mutant.title(), survived);
  }

  private static void assertKilledByAny(UnitMutant mutant) {
    for (Supplier<DirectedTest> test : DirectedTests.ALL) {
      for (Method method : DirectedTests.of(test)) {
        if (DirectedTests.fails(test, method, mutant.parts())) {
          return;
        }
      }
    }
    fail("%s survived every test", mutant.title());
  }
}
