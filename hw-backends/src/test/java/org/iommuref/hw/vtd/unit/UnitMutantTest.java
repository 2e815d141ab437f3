package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.InvocationTargetException;
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
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The directed tests are strong enough: each wrong unit fails one that cites a clause it names. */
class UnitMutantTest {

  private static final List<Supplier<DirectedTest>> TESTS =
      List.of(
          RegisterTest::new,
          CommandTest::new,
          FaultReasonTest::new,
          FaultLoggingTest::new,
          EventTest::new,
          WalkTest::new,
          ContextInvalidationTest::new,
          IotlbInvalidationTest::new,
          QueueTest::new,
          DrainTest::new,
          MachineTest::new);

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
      for (Method method : testsOf(test.get())) {
        assertThat(fails(test, method, VtdVariants.neverCaches())).as("%s", method).isFalse();
      }
    }
  }

  private static void assertKilled(UnitMutant mutant) {
    Set<String> named =
        mutant.violates().stream().map(Object::toString).collect(Collectors.toSet());
    Set<String> survived = new TreeSet<>();
    for (Supplier<DirectedTest> test : TESTS) {
      for (Method method : testsOf(test.get())) {
        Clause clause = method.getAnnotation(Clause.class);
        if (clause != null && Stream.of(clause.value()).anyMatch(named::contains)) {
          if (fails(test, method, mutant.parts())) {
            return;
          }
          survived.add(method.getName());
        }
      }
    }
    fail("%s survived %s", mutant.title(), survived);
  }

  private static void assertKilledByAny(UnitMutant mutant) {
    for (Supplier<DirectedTest> test : TESTS) {
      for (Method method : testsOf(test.get())) {
        if (fails(test, method, mutant.parts())) {
          return;
        }
      }
    }
    fail("%s survived every test", mutant.title());
  }

  private static List<Method> testsOf(DirectedTest test) {
    return Stream.of(test.getClass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .sorted((a, b) -> a.getName().compareTo(b.getName()))
        .toList();
  }

  private static boolean fails(Supplier<DirectedTest> test, Method method, VtdParts parts) {
    DirectedTest instance = test.get();
    instance.parts = parts;
    try {
      method.invoke(instance);
      return false;
    } catch (InvocationTargetException e) {
      return true;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
