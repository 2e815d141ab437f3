package org.iommuref.conformance.doctor;

import java.util.List;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.operation.WriteMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Topology;

/** The few operations without which nothing can be judged: map a page, read it, unmap it. */
final class OperationChecks {

  private static final DomainId DOMAIN = new DomainId(1);
  private static final long TAG = 0x1122_3344_5566_7788L;
  private static final long FIRST_IOVA = 16;

  private final Findings findings;

  OperationChecks(Findings findings) {
    this.findings = findings;
  }

  /** Runs them twice, each time from power-on. */
  void examine(Target target) {
    SessionConfig config =
        new SessionConfig(Topology.oneDevice(), CachePolicy.REALISTIC, 0, Layer.BACKEND);
    boolean fine = true;
    for (int round = 0; round < 2 && fine; round++) {
      try (Session session = target.open(config)) {
        fine = examine(session, target);
      }
    }
    if (fine) {
      findings.fine("A page can be mapped, read by a device, and unmapped.");
    }
  }

  private boolean examine(Session session, Target target) {
    long size = target.hwInfo().smallestPage();
    Iova iova = new Iova(FIRST_IOVA * size);
    PhysAddr page = new PhysAddr(target.dataMemory().base());
    Access read = new Access(DeviceAccess.read(Topology.FIRST, iova));
    List<Operation<?>> operations =
        List.of(
            new Probe(Topology.FIRST),
            new AllocateDomain(DOMAIN, DomainType.PAGING),
            new Attach(Topology.FIRST, DOMAIN, null),
            new WriteMemory(page, TAG),
            new MapPages(DOMAIN, iova, page, size, 1, Prot.READ_WRITE),
            new SyncMap(DOMAIN, iova, size),
            read,
            new UnmapPages(DOMAIN, iova, size, 1, 0),
            new Sync(DOMAIN, 0));
    for (Operation<?> operation : operations) {
      Reply<?> reply = session.execute(operation);
      if (!(reply instanceof Reply.Ok<?> ok)) {
        findings.problem(inWords(operation.op(), reply));
        return false;
      }
      if (operation == read && !ok.value().equals(AccessOutcome.completed(TAG))) {
        findings.note(
            "A device that reads a page just mapped "
                + (ok.value() instanceof AccessOutcome.Completed ? "gets other data" : "is refused")
                + ": the harness works, the suite will say more.");
        return false;
      }
    }
    return true;
  }

  /** A reply that is no success, as a problem. */
  static String inWords(String op, Reply<?> reply) {
    if (reply instanceof Reply.Unsupported<?> unsupported) {
      return "It says unsupported to "
          + op
          + " ("
          + unsupported.reason()
          + "), and without it nothing can be judged.";
    }
    if (reply instanceof Reply.Err<?> err) {
      return "Its " + op + " fails with " + err.errno() + " where nothing stands against it.";
    }
    if (reply instanceof Reply.Lost<?> lost) {
      return "No usable reply to " + op + ": " + lost.detail() + ".";
    }
    throw new IllegalArgumentException("no failure: " + reply);
  }
}
