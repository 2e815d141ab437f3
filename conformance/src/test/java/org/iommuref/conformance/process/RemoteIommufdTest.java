package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.wire.Hello;
import org.junit.jupiter.api.Test;

/** The suite of seam 3 on a child process. */
class RemoteIommufdTest {

  private static final int IOAS_COPY = 0x3b83;
  private static final Catalogue CATALOGUE = Catalogue.load();

  @Test
  void child_isJudgedAsTheModelThatItServes() throws Exception {
    String[] clauses = {"OBJ-*", "PIN-*", "IOPF-*", "HWQ-*", "VFIO-*", "IOAS-08*", "DEV-05*"};
    try (ProcessTarget child =
            ProcessTarget.start(
                Adapters.mock(), Hello.IOMMUFD_SEAM, Adapters.patient().validating());
        Target model = Targets.onClassPath().named("mock", Hello.IOMMUFD_SEAM)) {
      Report remote = judge(child, clauses);
      assertThat(remote.failures()).isEmpty();
      assertThat(remote.count(Verdict.PASS)).isGreaterThan(50);
      assertThat(remote.verdicts()).isEqualTo(judge(model, clauses).verdicts());
      assertThat(child.restarts()).isZero();
    }
  }

  @Test
  void childThatEnds_costsOneCase_andIsStartedAgain() throws Exception {
    try (ProcessTarget child =
        ProcessTarget.start(
            Adapters.mockThatEndsIn(IOAS_COPY), Hello.IOMMUFD_SEAM, Adapters.patient())) {
      Report report = judge(child, "IOAS-03*", "IOAS-11*");
      assertThat(report.failures())
          .isNotEmpty()
          .allSatisfy(
              failure ->
                  assertThat(failure.seen()).startsWith("crash: ended with exit code 1 before"));
      assertThat(report.count(Verdict.PASS)).isPositive();
      assertThat(child.restarts()).isPositive();
    }
  }

  @Test
  void childOfAnotherSeam_isSentAway() {
    assertThatThrownBy(
            () -> ProcessTarget.start(Adapters.ideal(), Hello.IOMMUFD_SEAM, Adapters.patient()))
        .isInstanceOf(NoHelloException.class)
        .hasMessageContaining("it is of seam 2, and seam 3 is judged");
    assertThatThrownBy(() -> ProcessTarget.start(Adapters.mock(), Adapters.patient()))
        .isInstanceOf(NoHelloException.class)
        .hasMessageContaining("it is of seam 3, and seam 2 is judged");
  }

  private static Report judge(Target target, String... clauses) {
    Selection selection = Selection.all().of(List.of(clauses)).at(Hello.IOMMUFD_SEAM);
    return new SuiteRunner(CATALOGUE, Progress.NONE).run(target, selection, 1);
  }
}
