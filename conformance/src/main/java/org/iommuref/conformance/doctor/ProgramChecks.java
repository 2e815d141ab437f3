package org.iommuref.conformance.doctor;

import java.util.List;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.Argument;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;

/** The few steps without which nothing of seam 3 can be judged: map a page in an IOAS, unmap it. */
final class ProgramChecks {

  private static final String MAIN = ProgramCall.MAIN;
  private static final String FILE = "iommu";
  private static final long PAGE = 0x1000;
  private static final long MEMORY = 0x3000_0000L;
  private static final long IOVA = 1L << 24;

  /** FIXED_IOVA, WRITEABLE and READABLE. */
  private static final long FIXED = 7;

  private static final List<ProgramCall> STEPS =
      List.of(
          new ProgramCall.MapMemory(MAIN, MEMORY, PAGE, true, Expect.SUCCESS),
          new ProgramCall.Open(MAIN, Node.IOMMU, FILE, Expect.SUCCESS),
          ioctl("IOMMU_IOAS_ALLOC", List.of(), List.of(new Argument("out_ioas_id", "ioas"))),
          ioctl(
              "IOMMU_IOAS_MAP",
              List.of(
                  Argument.of("flags", FIXED),
                  Argument.named("ioas_id", "ioas"),
                  Argument.of("user_va", MEMORY),
                  Argument.of("length", PAGE),
                  Argument.of("iova", IOVA)),
              List.of()),
          ioctl(
              "IOMMU_IOAS_UNMAP",
              List.of(
                  Argument.named("ioas_id", "ioas"),
                  Argument.of("iova", IOVA),
                  Argument.of("length", PAGE)),
              List.of()),
          ioctl("IOMMU_DESTROY", List.of(Argument.named("id", "ioas")), List.of()),
          new ProgramCall.Close(MAIN, FILE, Expect.SUCCESS));

  private final Findings findings;

  ProgramChecks(Findings findings) {
    this.findings = findings;
  }

  /** Runs them twice, each time from power-on. */
  void examine(Target target) {
    SessionConfig config =
        new SessionConfig(
            Topology.oneDevice(), CachePolicy.REALISTIC, SessionConfig.PLAIN, Layer.IOMMUFD);
    boolean fine = true;
    for (int round = 0; round < 2 && fine; round++) {
      try (Session session = target.open(config)) {
        fine = STEPS.stream().allMatch(step -> succeeds(step, session.execute(step)));
      }
    }
    if (fine) {
      findings.fine("An IOAS can be made, a page mapped and unmapped in it.");
    }
  }

  private boolean succeeds(ProgramCall step, Reply<Answer> reply) {
    String name = step instanceof ProgramCall.Ioctl ioctl ? ioctl.command() : step.op();
    if (reply instanceof Reply.Ok<Answer> ok) {
      Errno errno = ok.value().errno();
      if (errno != null) {
        findings.problem(
            "Its " + name + " fails with " + errno + " where nothing stands against it.");
      }
      return errno == null;
    }
    String instead = reply instanceof Reply.Lost<Answer> lost ? lost.detail() : reply.toString();
    findings.problem("No usable reply to " + name + ": " + instead + ".");
    return false;
  }

  private static ProgramCall ioctl(String command, List<Argument> set, List<Argument> names) {
    return new ProgramCall.Ioctl(MAIN, FILE, command, set, null, null, null, names, Expect.SUCCESS);
  }
}
