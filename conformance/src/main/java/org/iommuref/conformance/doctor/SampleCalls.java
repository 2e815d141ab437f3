package org.iommuref.conformance.doctor;

import java.util.Set;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.iommufd.Caller;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;

/** Two calls of a seam: one that must succeed after a reset, and one that must fail. */
sealed interface SampleCalls {

  /** Succeeds once after each reset. */
  Operation<?> making();

  /** What cannot be done if it does not. */
  String madeInWords();

  /** Fails after a reset. */
  Operation<?> failing();

  /** The call that fails. */
  String failingInWords();

  /** What is wrong if it does not. */
  String shouldHaveFailed();

  /** Of a driver: a domain, and a device that there is not. */
  record OfDriver() implements SampleCalls {

    private static final Rid ABSENT = Rid.parse("fe:1f.7");

    @Override
    public Operation<?> making() {
      return new AllocateDomain(new DomainId(1), DomainType.BLOCKED);
    }

    @Override
    public String madeInWords() {
      return "domain 1 cannot be allocated";
    }

    @Override
    public Operation<?> failing() {
      return new Probe(ABSENT);
    }

    @Override
    public String failingInWords() {
      return "probe of a device that is not in the topology";
    }

    @Override
    public String shouldHaveFailed() {
      return "It probes " + ABSENT + ", which is not in the topology; ENODEV is due.";
    }
  }

  /** Of iommufd: a context, and a mapping of a file that is not open. */
  record OfIommufd() implements SampleCalls {

    private static final Caller CALLER = new Caller(new ProcessId(1), 0, Set.of());

    @Override
    public Operation<?> making() {
      return new FileCall.Open(CALLER, Node.IOMMU);
    }

    @Override
    public String madeInWords() {
      return "/dev/iommu cannot be opened";
    }

    @Override
    public Operation<?> failing() {
      return new FileCall.Munmap(CALLER, new FileId(1), 0);
    }

    @Override
    public String failingInWords() {
      return "file.munmap of what is not mapped";
    }

    @Override
    public String shouldHaveFailed() {
      return "It unmaps what is not mapped; ENXIO is due.";
    }
  }

  /** Of a unit: the version register, and one that is three bytes wide. */
  record OfUnit() implements SampleCalls {

    private static final int NO_WIDTH = 3;

    @Override
    public Operation<?> making() {
      return new ReadRegister(0, Integer.BYTES, null);
    }

    @Override
    public String madeInWords() {
      return "the register at 0 cannot be read";
    }

    @Override
    public Operation<?> failing() {
      return new ReadRegister(0, NO_WIDTH, null);
    }

    @Override
    public String failingInWords() {
      return "unit.reg.read of 3 bytes";
    }

    @Override
    public String shouldHaveFailed() {
      return "It reads a register of 3 bytes; there are 4 and 8, and unsupported is due.";
    }
  }
}
