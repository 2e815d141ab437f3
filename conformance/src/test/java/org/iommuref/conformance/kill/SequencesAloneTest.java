package org.iommuref.conformance.kill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.iommuref.conformance.report.Failure;
import org.iommuref.conformance.report.FailureFile;
import org.iommuref.conformance.report.MalformedFileException;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Replay;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Mutants of dirty tracking, nested domains, page requests, ATS, coherency and refused commands
 * that generated sequences find if nobody has written a case: found, reduced, and played again.
 */
class SequencesAloneTest {

  private static final Set<ClauseId> EVERY =
      Matrix.CATALOGUE.clauses().stream().map(ClauseDefinition::id).collect(Collectors.toSet());

  @ParameterizedTest
  @CsvSource({
    "vtd-scalable-clean-without-gather, DIRTY-035",
    "vtd-scalable-drop-dirty-enable-of-nested, DIRTY-035",
    "vtd-scalable-query-of-twice-the-range, DIRTY-041",
    "vtd-scalable-drop-assign-tag-of-nested, NEST-003",
    "vtd-scalable-one-device-of-a-domain, NEST-003",
    "vtd-scalable-counts-no-entries, NEST-012",
    "vtd-scalable-entry-ends-without-drain, PRQ-004",
    "vtd-scalable-response-to-next-group, PRQ-005",
    "vtd-scalable-timeout-taken-for-done, INV-001",
    "vtd-scalable-ats-off-after-entry, ATS-003",
    "vtd-scalable-page-snoop-without-flush, DOM-011",
    "vtd-scalable-drop-repair, INV-001"
  })
  void mutant_isFoundBySequencesAlone_reducedAndReplayed(String name, String clause)
      throws MalformedFileException {
    Mutant mutant = Matrix.TARGETS.mutants().get(name);
    assertThat(mutant).as(name).isNotNull();
    try (Target wrong = Matrix.TARGETS.of(mutant);
        Target right = Matrix.TARGETS.named(mutant.base())) {
      Failure failure = run(wrong, clause);
      assertThat(failure.minimal()).as("%s, 1-minimal", failure).isTrue();
      Failure read = FailureFile.read(new FailureFile(failure, false).text()).failure();
      assertThat(Replay.of(read, wrong).failed()).as(name).contains(ClauseId.parse(clause));
      assertThat(Replay.of(read, right).failed()).as(mutant.base()).isEmpty();
    }
  }

  private static Failure run(Target wrong, String clause) {
    Selection selection = Selection.all().of(List.of(clause));
    List<Failure> failures =
        new SuiteRunner(Matrix.CATALOGUE, Progress.NONE)
            .withoutCasesOf(EVERY)
            .run(wrong, selection, Matrix.SEED)
            .failures();
    assertThat(failures).as("%s of %s by sequences alone", clause, wrong.name()).hasSize(1);
    return failures.get(0);
  }
}
