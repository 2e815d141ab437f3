package org.iommuref.hw.vtd.unit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

/** The directed tests of the unit as values, to be run on other parts. */
final class DirectedTests {

  static final List<Supplier<DirectedTest>> ALL =
      List.of(
          RegisterTest::new,
          CommandTest::new,
          FaultReasonTest::new,
          FaultLoggingTest::new,
          FaultMergingTest::new,
          EventTest::new,
          WalkTest::new,
          ContextInvalidationTest::new,
          IotlbInvalidationTest::new,
          QueueTest::new,
          DrainTest::new,
          MachineTest::new,
          ScalableStructureTest::new,
          PasidEntryTest::new,
          FirstStageTest::new,
          ScalableSecondStageTest::new,
          NestedTest::new,
          ScalableCacheTest::new,
          DeviceTlbTest::new,
          ScalableQueueTest::new,
          PasidInvalidationTest::new,
          PageRequestTest::new,
          InterruptTest::new,
          PostedInterruptTest::new);

  private DirectedTests() {}

  /** The tests of one class, by name. */
  static List<Method> of(Supplier<DirectedTest> tests) {
    return Stream.of(tests.get().getClass().getDeclaredMethods())
        .filter(method -> method.isAnnotationPresent(Test.class))
        .sorted(Comparator.comparing(Method::getName))
        .toList();
  }

  /** Whether a test cites one of the clauses. */
  static boolean cites(Method test, Set<String> clauses) {
    Clause clause = test.getAnnotation(Clause.class);
    return clause != null && Stream.of(clause.value()).anyMatch(clauses::contains);
  }

  /** Whether a test fails on a unit of these parts. */
  static boolean fails(Supplier<DirectedTest> tests, Method test, VtdParts parts) {
    DirectedTest instance = tests.get();
    instance.parts = parts;
    try {
      test.invoke(instance);
      return false;
    } catch (InvocationTargetException e) {
      return true;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }
}
