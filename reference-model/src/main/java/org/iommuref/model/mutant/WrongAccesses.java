package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.AccessOutcome.Blocked;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.spi.Mutant;

/** Accesses that are wrong: taken for another kind, or without their effect. */
final class WrongAccesses {

  private WrongAccesses() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant(
            "zero-length-read-refused",
            "a zero-length read is refused",
            "MAP-001",
            ZeroLengthRefused::new),
        IdealMutants.mutant(
            "zero-length-read-as-read",
            "a zero-length read is taken for a read",
            "MAP-030",
            ZeroLengthReads::new),
        IdealMutants.mutant(
            "atomic-needs-no-write",
            "an atomic access is taken for a read",
            "MAP-018",
            AtomicReads::new),
        IdealMutants.mutant(
            "write-posted-nowhere",
            "a write is admitted and reaches nothing",
            "MAP-004",
            LosesWrites::new));
  }

  /** Refuses what reads no byte. */
  private static final class ZeroLengthRefused extends Forwarding {

    ZeroLengthRefused(IommuBackend backend) {
      super(backend);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      return access.kind() == AccessKind.ZERO_LENGTH_READ
          ? AccessOutcome.blocked()
          : super.access(access);
    }
  }

  /** Asks for the right to read where no byte is read. */
  private static final class ZeroLengthReads extends Forwarding {

    ZeroLengthReads(IommuBackend backend) {
      super(backend);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      boolean reads = access.kind() == AccessKind.ZERO_LENGTH_READ;
      return super.access(
          reads
              ? new DeviceAccess(
                  access.rid(), access.pasid(), access.iova(), AccessKind.READ, access.value())
              : access);
    }
  }

  /** Reads where an atomic access asks for both rights. */
  private static final class AtomicReads extends Forwarding {

    AtomicReads(IommuBackend backend) {
      super(backend);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      if (access.kind() != AccessKind.ATOMIC) {
        return super.access(access);
      }
      return super.access(
          new DeviceAccess(
              access.rid(), access.pasid(), access.iova(), AccessKind.READ, access.value()));
    }
  }

  /** Makes a read of a write. */
  private static final class LosesWrites extends Forwarding {

    LosesWrites(IommuBackend backend) {
      super(backend);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      if (access.kind() != AccessKind.WRITE) {
        return super.access(access);
      }
      AccessOutcome outcome =
          super.access(
              new DeviceAccess(access.rid(), access.pasid(), access.iova(), AccessKind.READ, 0));
      return outcome instanceof Blocked ? super.access(access) : AccessOutcome.completed(0);
    }
  }
}
