package org.iommuref.conformance.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;

/** Reports as runs could give them. */
final class Samples {

  static final Catalogue CATALOGUE = Catalogue.load();

  /** What a child process may print. */
  static final String HOSTILE = "<script>alert('\"&')</script>\u0000\u001b[31m\uD800";

  private static final DomainId DOMAIN = new DomainId(1);
  private static final Iova IOVA = new Iova(0x40601234);
  private static final long LARGE = 0x200000;

  private Samples() {}

  static RunReport run(TargetResult... targets) {
    return new RunReport(
        new RunReport.Settings(2, List.of(), Long.MIN_VALUE, 20, CachePolicy.REALISTIC, false),
        List.of(targets));
  }

  /** A verdict on each of the first clauses, failed ones with their failure. */
  static Report report(String target, Verdict... verdicts) {
    List<ClauseVerdict> all = new ArrayList<>();
    List<Failure> failures = new ArrayList<>();
    for (int i = 0; i < verdicts.length; i++) {
      ClauseDefinition clause = CATALOGUE.clausesOf("INV").get(i);
      String reason = verdicts[i] == Verdict.PASS ? "" : "because " + HOSTILE;
      all.add(
          new ClauseVerdict(
              clause.id(),
              clause.level(),
              clause.title(),
              verdicts[i],
              reason,
              3,
              new ClauseVerdict.Witnesses(4, 5, 6, 7),
              List.of()));
      if (verdicts[i] == Verdict.FAIL) {
        failures.add(failure(clause.id(), target));
      }
    }
    return new Report(
        target,
        "a title",
        claims("vtd"),
        1,
        CachePolicy.REALISTIC,
        "all",
        9,
        99,
        all,
        failures,
        List.of());
  }

  static TargetResult judged(String target, Verdict... verdicts) {
    return new TargetResult.Judged(report(target, verdicts), List.of());
  }

  static HwInfo claims(String architecture) {
    return new HwInfo(architecture, 0x40201000L, 48, 0, Set.of(Capability.LARGE_PAGES), Set.of());
  }

  /** A large page that is still used after its sync. */
  static Failure failure(ClauseId clause, String target) {
    return failure(
        clause,
        target,
        List.of(
            new AllocateDomain(DOMAIN, DomainType.PAGING),
            new Attach(Topology.FIRST, DOMAIN, null),
            new MapPages(
                DOMAIN, new Iova(0x40600000), new PhysAddr(LARGE), LARGE, 1, Prot.READ_WRITE),
            new UnmapPages(DOMAIN, new Iova(0x40600000), LARGE, 1, 1),
            new Sync(DOMAIN, 1),
            new Access(DeviceAccess.read(Topology.FIRST, IOVA))));
  }

  static Failure failureOfCore(ClauseId clause) {
    return failure(clause, "t", List.of(new CoreAttachDevice(Topology.FIRST, DOMAIN)));
  }

  private static Failure failure(ClauseId clause, String target, List<Operation<?>> steps) {
    List<String> shows = new ArrayList<>();
    List<String> answers = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      shows.add(i == 0 ? "" : clause.toString());
      answers.add("answer " + i);
    }
    return new Failure(
        clause,
        CATALOGUE.cited(clause.toString()).title(),
        target,
        "a case",
        Long.MIN_VALUE,
        new SessionConfig(Topology.twoDevices(), CachePolicy.REALISTIC, -1, Layer.BACKEND),
        steps,
        shows,
        answers,
        "fault",
        "seen " + HOSTILE,
        "no state gives it",
        true,
        12);
  }
}
