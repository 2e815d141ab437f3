package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.Report;
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

  private static Report run(Target target, Mutant wrong) {
    List<String> clauses = wrong.violates().stream().map(ClauseId::toString).toList();
    return new SuiteRunner(CATALOGUE, Progress.NONE).run(target, Selection.all().of(clauses), 7);
  }

  private static void assertFails(Target target, Failure failure) {
    assertThat(Replay.of(failure, target).failed())
        .as("%s as it is reported", failure.clause())
        .contains(failure.clause());
  }

  /** Left out as it stands, and with each attach naming the domain that it then leaves. */
  private static void assertHoldsWithout(int step, Target target, Failure failure) {
    List<CaseStep> rest = new ArrayList<>();
    for (int i = 0; i < failure.steps().size(); i++) {
      String shows = failure.shows().get(i);
      ClauseId shown = shows.isEmpty() ? null : ClauseId.parse(shows);
      if (i != step) {
        rest.add(new CaseStep(failure.steps().get(i), shown, null));
      }
    }
    for (List<CaseStep> steps : List.of(rest, Repair.olds(rest))) {
      Case shorter =
          new Case(
              failure.caseName(),
              failure.clause(),
              Set.of(),
              Set.of(),
              failure.session().topology(),
              failure.session().layer(),
              false,
              steps);
      CaseResult result = new CaseRunner(target).run(shorter, failure.session());
      boolean failsAgain =
          result instanceof CaseResult.Refused refused && refused.clause().equals(failure.clause());
      assertThat(failsAgain)
          .as("%s without step %d of %s", failure.clause(), step + 1, failure.steps())
          .isFalse();
    }
  }
}
