package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.suite.Progress;
import org.iommuref.conformance.suite.Selection;
import org.iommuref.conformance.suite.SuiteRunner;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.wire.Hello;
import org.junit.jupiter.api.Test;

/** The suite of seam 3 on a child process. */
class RemoteIommufdTest {

  private static final int IOAS_COPY = 0x3b83;
  private static final Expect ANY = Expect.SUCCESS;
  private static final Catalogue CATALOGUE = Catalogue.load();

  @Test
  void child_isJudgedAsTheModelThatItServes() throws Exception {
    try (ProcessTarget child =
            ProcessTarget.start(
                Adapters.mock(), Hello.IOMMUFD_SEAM, Adapters.patient().validating());
        Target model = Targets.onClassPath().named("mock", Hello.IOMMUFD_SEAM)) {
      Report remote = judge(child, "*");
      assertThat(remote.failures()).isEmpty();
      assertThat(remote.count(Verdict.PASS)).isGreaterThan(200);
      assertThat(remote.verdicts()).isEqualTo(judge(model, "*").verdicts());
      assertThat(child.restarts()).isZero();
    }
  }

  @Test
  void descriptor_isGivenToTheProcessWhoseCallItIs() throws Exception {
    try (ProcessTarget child =
            ProcessTarget.start(Adapters.mock(), Hello.IOMMUFD_SEAM, Adapters.patient());
        Session session = child.open(Adapters.config(Topology.twoDevices()))) {
      does(session, new ProgramCall.Open(ProgramCall.MAIN, Node.IOMMU, "iommu", ANY));
      does(session, new ProgramCall.Fork(ProgramCall.MAIN, "forked", ANY));
      does(session, faultQueue("forked"));
      assertThat(does(session, new ProgramCall.Close(ProgramCall.MAIN, "queue", ANY)).errno())
          .as("of the parent")
          .isEqualTo(Errno.EBADF);
      assertThat(does(session, new ProgramCall.Close("forked", "queue", ANY)).errno())
          .as("of the child")
          .isNull();
    }
  }

  private static Answer does(Session session, ProgramCall call) {
    Reply<Answer> reply = session.execute(call);
    assertThat(reply).isInstanceOf(Reply.Ok.class);
    return ((Reply.Ok<Answer>) reply).value();
  }

  private static ProgramCall faultQueue(String process) {
    return new ProgramCall.Ioctl(
        process,
        "iommu",
        "IOMMU_FAULT_QUEUE_ALLOC",
        List.of(),
        null,
        null,
        null,
        List.of(new Argument("out_fault_fd", "queue")),
        ANY);
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
