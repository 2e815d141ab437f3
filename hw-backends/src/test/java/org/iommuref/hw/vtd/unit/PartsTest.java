package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A unit with one part or one condition changed, as mutants have it, keeps all the others. */
class PartsTest {

  private static final Check OTHER = named("other");

  private static Check named(String name) {
    return new Check(name, "VTD-001", (request, low, high, unit) -> true, FaultReason.RTA_3);
  }

  static Stream<Record> records() {
    return Stream.of(VtdParts.standard(), ScalableParts.standard());
  }

  @ParameterizedTest
  @MethodSource("records")
  void with_replacesThePartOfItsTypeAlone(Record parts) throws ReflectiveOperationException {
    List<RecordComponent> components = List.of(parts.getClass().getRecordComponents());
    List<Method> methods =
        Stream.of(parts.getClass().getDeclaredMethods())
            .filter(method -> method.getName().equals("with"))
            .toList();
    assertThat(methods).hasSameSizeAs(components);
    for (Method with : methods) {
      Record other = (Record) with.invoke(parts, new Object[] {null});
      for (RecordComponent component : components) {
        Object expected =
            component.getType() == with.getParameterTypes()[0]
                ? null
                : component.getAccessor().invoke(parts);
        assertThat(component.getAccessor().invoke(other))
            .as("%s after %s", component.getName(), with)
            .isSameAs(expected);
      }
    }
  }

  @Test
  void listsOfAWalk_withAnotherInPlaceOfOne_keepTheOthers() {
    WalkChecks walk = LegacyChecks.all();
    for (int i = 0; i < walk.all().size(); i++) {
      Checks changed = walk.all().get(i).startingWith(OTHER);
      assertThat(words(walk.with(changed).all()))
          .as("with another list for %s", changed.subject())
          .isEqualTo(words(replaced(walk.all(), i, changed)));
    }
  }

  @Test
  void listsOfScalableMode_withAnotherInPlaceOfOne_keepTheOthers() {
    ScalableChecks scalable = ScalableChecks.standard();
    for (int i = 0; i < scalable.all().size(); i++) {
      Checks changed = scalable.all().get(i).startingWith(OTHER);
      assertThat(words(scalable.with(changed).all()))
          .as("with another list for %s", changed.subject())
          .isEqualTo(words(replaced(scalable.all(), i, changed)));
    }
  }

  private static <T> List<T> replaced(List<T> all, int index, T other) {
    List<T> result = new ArrayList<>(all);
    result.set(index, other);
    return result;
  }

  private static List<String> words(List<Checks> lists) {
    return lists.stream().map(list -> list.subject() + ": " + names(list)).toList();
  }

  private static List<String> names(Checks list) {
    return list.inOrder().stream().map(Check::name).toList();
  }

  @Test
  void list_hasItsSubjectAndItsConditions() {
    Checks checks = Checks.of("subject", OTHER);
    assertThat(checks.subject()).isEqualTo("subject");
    assertThat(checks.inOrder()).containsExactly(OTHER);
  }

  @Test
  void conditions_changed_areInTheirOrder() {
    Checks checks = Checks.of("subject", named("a"), named("b"), named("c"), named("d"));
    assertThat(names(checks.without(0))).containsExactly("b", "c", "d");
    assertThat(names(checks.without(3))).containsExactly("a", "b", "c");
    assertThat(names(checks.startingWith(OTHER))).containsExactly("other", "a", "b", "c", "d");
    assertThat(names(checks.with(1, OTHER))).containsExactly("a", "other", "c", "d");
    assertThat(names(checks.swapped(1))).containsExactly("a", "c", "b", "d");
  }

  @Test
  void conditions_changed_areOfTheSameSubject() {
    Checks checks = Checks.of("subject", named("a"), named("b"));
    assertThat(
            Stream.of(
                checks.without(0),
                checks.startingWith(OTHER),
                checks.with(1, OTHER),
                checks.swapped(0)))
        .extracting(Checks::subject)
        .containsOnly("subject");
  }

  @Test
  void condition_withAnotherReason_isElseTheSame() {
    Check check = LegacyChecks.all().context().inOrder().get(0);
    assertThat(check.because(FaultReason.RTA_3))
        .isEqualTo(new Check(check.name(), check.clause(), check.test(), FaultReason.RTA_3));
    InterruptCheck interrupt = InterruptChecks.standard().all().get(0);
    assertThat(interrupt.because(FaultReason.RTA_3))
        .isEqualTo(
            new InterruptCheck(
                interrupt.name(), interrupt.clause(), interrupt.test(), FaultReason.RTA_3));
  }

  @Test
  void conditionsOnDescriptors_withoutOne_areTheOthers() {
    DescriptorChecks checks = DescriptorChecks.standard();
    List<String> names = checks.inOrder().stream().map(DescriptorCheck::name).toList();
    for (int i = 0; i < names.size(); i++) {
      List<String> others = new ArrayList<>(names);
      others.remove(i);
      assertThat(checks.without(i).inOrder())
          .as("without %s", names.get(i))
          .extracting(DescriptorCheck::name)
          .isEqualTo(others);
    }
  }
}
