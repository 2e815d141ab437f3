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

  private static final Check OTHER =
      new Check("other", "VTD-001", (request, low, high, unit) -> true, FaultReason.RTA_3);

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
      List<Checks> expected = new ArrayList<>(walk.all());
      expected.set(i, changed);
      assertThat(walk.with(changed).all()).as(changed.subject()).isEqualTo(expected);
    }
  }

  @Test
  void listsOfScalableMode_withAnotherInPlaceOfOne_keepTheOthers() {
    ScalableChecks scalable = ScalableChecks.standard();
    for (int i = 0; i < scalable.all().size(); i++) {
      Checks changed = scalable.all().get(i).startingWith(OTHER);
      List<Checks> expected = new ArrayList<>(scalable.all());
      expected.set(i, changed);
      assertThat(scalable.with(changed).all()).as(changed.subject()).isEqualTo(expected);
    }
  }

  @Test
  void list_hasItsSubjectAndItsConditions() {
    Checks checks = Checks.of("subject", OTHER);
    assertThat(checks.subject()).isEqualTo("subject");
    assertThat(checks.inOrder()).containsExactly(OTHER);
  }

  @Test
  void conditions_changed_areInTheirOrder() {
    Checks checks = LegacyChecks.all().context();
    List<Check> original = checks.inOrder();
    int last = original.size() - 1;
    assertThat(last).as("conditions on a context entry").isGreaterThan(1);
    assertThat(checks.without(0).inOrder()).isEqualTo(original.subList(1, last + 1));
    assertThat(checks.without(last).inOrder()).isEqualTo(original.subList(0, last));
    assertThat(checks.startingWith(OTHER).inOrder())
        .startsWith(OTHER)
        .endsWith(original.get(last))
        .hasSize(last + 2);
    assertThat(checks.with(1, OTHER).inOrder())
        .startsWith(original.get(0), OTHER)
        .hasSize(last + 1);
    assertThat(checks.swapped(0).inOrder())
        .startsWith(original.get(1), original.get(0))
        .hasSize(last + 1);
    assertThat(checks.swapped(0).subject()).isEqualTo(checks.subject());
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
    List<DescriptorCheck> expected = checks.inOrder().subList(1, checks.inOrder().size());
    assertThat(checks.without(0).inOrder()).isEqualTo(expected);
  }
}
