package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A failing sequence that is called 1-minimal is: without any one step its clause holds. */
class MinimalityTest {

  private static final Targets TARGETS = Targets.onClassPath();
  private static final Catalogue CATALOGUE = Catalogue.load();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "vtd-first-unit-only",
        "vtd-unit-keeps-large-pages",
        "vtd-unit-context-cache-without-bus",
        "vtd-table-freed-at-unmap",
        "vtd-unit-drains-nothing",
        "vtd-failed-attach-attaches",
        "vtd-overflow-untold",
        "core-sync-of-first-page",
        "core-attach-pasid-without-pasid-009"
      })
  void failure_withoutAnyOneStep_isGone(String mutant) {
    Mutant wrong = TARGETS.mutants().get(mutant);
    assertThat(wrong).as(mutant).isNotNull();
    try (Target target = TARGETS.of(wrong)) {
      Report report = run(target, wrong);
      assertThat(report.failures()).as("%s fails", mutant).isNotEmpty();
      for (Failure failure : report.failures()) {
        assertThat(failure.minimal()).as("%s of %s", failure.clause(), mutant).isTrue();
        assertFails(target, failure);
        for (int step = 0; step < failure.steps().size(); step++) {
          assertHoldsWithout(step, target, failure);
        }
      }
    }
  }

  /** A part of a case of a unit says something only where a unit that is right keeps it. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "vtd-unit-ignores-fpd",
        "vtd-unit-misreports-descriptor-address-mask",
        "vtd-unit-drops-scalable-second-stage-entry-size-not-supported",
        "vtd-unit-drops-descriptor-address-mask",
        "vtd-unit-drops-request-abort",
        "vtd-unit-drops-use-of-a-scalable-context-entry-pre",
        "vtd-unit-misreports-descriptor-reserved-fields",
        "vtd-unit-misreports-rights-r",
        "vtd-unit-never-dirty"
      })
  void failureOfAUnit_withoutAnyOneStep_isGoneOrUntrue(String mutant) {
    Mutant wrong = TARGETS.mutants().get(mutant);
    assertThat(wrong).as(mutant).isInstanceOf(Mutant.OfUnit.class);
    try (Target target = TARGETS.of(wrong)) {
      Report report = run(target, wrong, Layer.UNIT.seam());
      assertThat(report.failures()).as("%s fails", mutant).isNotEmpty();
      for (Failure failure : report.failures()) {
        assertThat(failure.minimal()).as("%s of %s", failure.clause(), mutant).isTrue();
        assertFails(target, failure);
        Case whole = Replay.caseOf(failure);
        Truth truth = Truth.of(whole, target, failure.session());
        assertThat(truth).as("%s of %s is true", failure.clause(), mutant).isNotNull();
        for (int step = 0; step < failure.steps().size(); step++) {
          Case shorter = whole.withSteps(without(step, whole.steps()));
          assertThat(truth.holds(shorter) && fails(target, shorter, failure))
              .as("%s without step %d of %s", failure.clause(), step + 1, failure.steps())
              .isFalse();
        }
      }
      assertThat(run(target, wrong, Layer.UNIT.seam()).failures())
          .as("%s again", mutant)
          .isEqualTo(report.failures());
    }
  }

  private static Report run(Target target, Mutant wrong) {
    return run(target, wrong, SuiteRunner.SEAM);
  }

  private static Report run(Target target, Mutant wrong, int seam) {
    List<String> clauses = wrong.violates().stream().map(ClauseId::toString).toList();
    Selection selection = Selection.all().of(clauses).at(seam);
    return new SuiteRunner(CATALOGUE, Progress.NONE).run(target, selection, 7);
  }

  private static void assertFails(Target target, Failure failure) {
    assertThat(Replay.of(failure, target).failed())
        .as("%s as it is reported", failure.clause())
        .contains(failure.clause());
  }

  /** Left out as it stands, and with each attach naming the domain that it then leaves. */
  private static void assertHoldsWithout(int step, Target target, Failure failure) {
    Case whole = Replay.caseOf(failure);
    List<CaseStep> rest = without(step, whole.steps());
    for (List<CaseStep> steps : List.of(rest, Repair.olds(rest))) {
      assertThat(fails(target, whole.withSteps(steps), failure))
          .as("%s without step %d of %s", failure.clause(), step + 1, failure.steps())
          .isFalse();
    }
  }

  private static List<CaseStep> without(int step, List<CaseStep> steps) {
    List<CaseStep> rest = new ArrayList<>(steps);
    rest.remove(step);
    return rest;
  }

  private static boolean fails(Target target, Case given, Failure failure) {
    CaseResult.Refused refused = new CaseRunner(target).run(given, failure.session()).refusal();
    return refused != null && refused.clause().equals(failure.clause());
  }
}
