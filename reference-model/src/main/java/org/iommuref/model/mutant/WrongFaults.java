package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.AccessOutcome.Blocked;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.Mutant;

/** Fault records that are wrong: lost, given twice, or not true. */
final class WrongFaults {

  private WrongFaults() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant("fault-lost", "the first fault record is lost", "FREC-001", Loses::new),
        IdealMutants.mutant(
            "fault-names-neighbour",
            "a fault record names the requester before",
            "FREC-002",
            backend -> new Rewrites(backend, WrongFaults::neighbour)),
        IdealMutants.mutant(
            "fault-page-behind",
            "a fault record gives the page behind",
            "FREC-003",
            backend -> new Rewrites(backend, WrongFaults::pageBehind)),
        IdealMutants.mutant(
            "fault-kind-inverted",
            "a fault record takes reads for writes",
            "FREC-004",
            backend -> new Rewrites(backend, WrongFaults::otherKind)),
        IdealMutants.mutant(
            "fault-without-pasid",
            "a fault record names no PASID",
            "FREC-007",
            backend -> new Rewrites(backend, WrongFaults::withoutPasid)),
        IdealMutants.mutant(
            "fault-of-success",
            "an access that succeeds leaves a fault record",
            "FREC-005",
            Invents::new),
        IdealMutants.mutant(
            "overflow-untold", "lost fault records are not told", "FREC-006", Silent::new),
        IdealMutants.mutant(
            "deaf-after-overflow", "no fault is recorded after an overflow", "FREC-008", Deaf::new),
        IdealMutants.mutant(
            "faults-given-twice",
            "fault records are given once more by the next reading",
            "FREC-009",
            Repeats::new),
        IdealMutants.mutant(
            "faults-reversed",
            "fault records are given in reverse order",
            "FREC-010",
            Reverses::new));
  }

  /** Drops the first record. */
  private static final class Loses extends Forwarding {

    Loses(IommuBackend backend) {
      super(backend);
    }

    @Override
    public FaultLog takeFaults() {
      FaultLog log = super.takeFaults();
      List<FaultRecord> records = log.records();
      return records.isEmpty()
          ? log
          : new FaultLog(records.subList(1, records.size()), log.overflow());
    }
  }

  /** Changes every record. */
  private static final class Rewrites extends Forwarding {
    private final UnaryOperator<FaultRecord> change;

    Rewrites(IommuBackend backend, UnaryOperator<FaultRecord> change) {
      super(backend);
      this.change = change;
    }

    @Override
    public FaultLog takeFaults() {
      FaultLog log = super.takeFaults();
      return new FaultLog(log.records().stream().map(change).toList(), log.overflow());
    }
  }

  /** Records what was admitted. */
  private static final class Invents extends Forwarding {
    private final List<FaultRecord> admitted = new ArrayList<>();

    Invents(IommuBackend backend) {
      super(backend);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      AccessOutcome outcome = super.access(access);
      if (!(outcome instanceof Blocked)) {
        admitted.add(
            new FaultRecord(
                access.rid(),
                access.pasid(),
                new Iova(access.iova().bytes() & -4096),
                access.kind().needsWrite(),
                0));
      }
      return outcome;
    }

    @Override
    public FaultLog takeFaults() {
      FaultLog log = super.takeFaults();
      List<FaultRecord> records = new ArrayList<>(log.records());
      records.addAll(admitted);
      admitted.clear();
      return new FaultLog(records, log.overflow());
    }
  }

  /** Clears the overflow. */
  private static final class Silent extends Forwarding {

    Silent(IommuBackend backend) {
      super(backend);
    }

    @Override
    public FaultLog takeFaults() {
      return new FaultLog(super.takeFaults().records(), false);
    }
  }

  /** Gives nothing once records were lost. */
  private static final class Deaf extends Forwarding {
    private boolean deaf;

    Deaf(IommuBackend backend) {
      super(backend);
    }

    @Override
    public FaultLog takeFaults() {
      FaultLog log = super.takeFaults();
      boolean wasDeaf = deaf;
      deaf |= log.overflow();
      return wasDeaf ? new FaultLog(List.of(), false) : log;
    }
  }

  /** Keeps the records for the next reading. */
  private static final class Repeats extends Forwarding {
    private List<FaultRecord> before = List.of();

    Repeats(IommuBackend backend) {
      super(backend);
    }

    @Override
    public FaultLog takeFaults() {
      FaultLog log = super.takeFaults();
      List<FaultRecord> records = new ArrayList<>(before);
      records.addAll(log.records());
      before = log.records();
      return new FaultLog(records, log.overflow());
    }
  }

  /** Turns the log around. */
  private static final class Reverses extends Forwarding {

    Reverses(IommuBackend backend) {
      super(backend);
    }

    @Override
    public FaultLog takeFaults() {
      FaultLog log = super.takeFaults();
      List<FaultRecord> records = new ArrayList<>(log.records());
      Collections.reverse(records);
      return new FaultLog(records, log.overflow());
    }
  }

  private static FaultRecord neighbour(FaultRecord r) {
    return new FaultRecord(
        new Rid(r.rid().value() ^ 1), r.pasid(), r.page(), r.write(), r.reason());
  }

  private static FaultRecord pageBehind(FaultRecord r) {
    return new FaultRecord(r.rid(), r.pasid(), r.page().plus(4096), r.write(), r.reason());
  }

  private static FaultRecord otherKind(FaultRecord r) {
    return new FaultRecord(r.rid(), r.pasid(), r.page(), !r.write(), r.reason());
  }

  private static FaultRecord withoutPasid(FaultRecord r) {
    return new FaultRecord(r.rid(), null, r.page(), r.write(), r.reason());
  }
}
