package org.iommuref.model.mutant;

import static org.iommuref.model.mutant.IommufdMutants.mutant;
import static org.iommuref.model.mutant.WrongCall.answering;
import static org.iommuref.model.mutant.WrongCall.changed;
import static org.iommuref.model.mutant.WrongCall.forgiving;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Doorbells of interrupts that go through page tables, mapped wrongly. */
final class WrongDoorbells {

  private static final String PREPARE = "IOMMUREF_TEST_OP_PREPARE_MSI";

  private static final long PAGE = 4096;

  /** The frames of processes lie from here on, doorbells below. */
  private static final long MEMORY = 1L << 32;

  private WrongDoorbells() {}

  static List<Mutant> mutants() {
    return List.of(
        mutant(
            "window-from-its-second-page",
            "places the first doorbell on the second page of its window",
            answering(PREPARE, "out_address", address -> address + PAGE).overIdeal(),
            "RSV-008"),
        mutant(
            "doorbell-in-one-table",
            "maps a doorbell in the first page table alone that needs it",
            WrongKernel.overDriver(MappedOnce::new),
            "RSV-009"),
        mutant(
            "doorbells-stay-behind",
            "maps no doorbell when a device is attached",
            WrongKernel.overDriver(NotBeforeAttach::new),
            "RSV-010"),
        mutant(
            "doorbells-where-devices-are",
            "maps doorbells in page tables alone that a device is on, not below a nested one",
            WrongKernel.overDriver(NotBeforeAttach::new),
            "RSV-011"),
        mutant(
            "doorbells-go-with-the-device",
            "removes the doorbells of a page table that a device leaves",
            WrongKernel.overDriver(GoneAfterwards::new),
            "RSV-012"),
        mutant(
            "doorbells-without-number",
            "says that a doorbell is mapped for which there is no place",
            forgiving(PREPARE, Errno.EOVERFLOW).overIdeal(),
            "RSV-013"),
        mutant(
            "window-wanted",
            "refuses to prepare the interrupts of a device without a window",
            changed(PREPARE, WrongDoorbells::wantWindow).overIdeal(),
            "RSV-014"),
        mutant(
            "interrupt-of-blocked-device",
            "says that the interrupt of a device is prepared that is attached to nothing",
            forgiving(PREPARE, Errno.EOPNOTSUPP).overIdeal(),
            "RSV-015"));
  }

  private static Result<Integer> wantWindow(OneCall call) {
    Result<Integer> result = call.right();
    boolean unchanged = call.get("out_address") == call.get("doorbell");
    return result.isOk() && unchanged ? Result.err(Errno.EOPNOTSUPP) : result;
  }

  private static boolean isDoorbell(DomainId domain, PhysAddr paddr) {
    return domain.value() >= 0 && paddr.bytes() < MEMORY;
  }

  /** Says of a doorbell that is mapped in one domain that it is in another too. */
  private static final class MappedOnce extends Forwarding {

    private final Set<PhysAddr> mapped = new HashSet<>();

    MappedOnce(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      return isDoorbell(domain, paddr) && !mapped.add(paddr)
          ? Result.ok(pageSize * count)
          : super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }

  /** Says of a doorbell that it is mapped in a domain that no device has entered. */
  private static final class NotBeforeAttach extends Forwarding {

    private final Set<DomainId> entered = new HashSet<>();

    NotBeforeAttach(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      entered.add(domain);
      return super.attach(device, domain, old);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      return isDoorbell(domain, paddr) && !entered.contains(domain)
          ? Result.ok(pageSize * count)
          : super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }

  /** Unmaps the doorbells of a domain that a device has left. */
  private static final class GoneAfterwards extends Forwarding {

    private final Map<DomainId, Set<Iova>> doorbells = new HashMap<>();

    GoneAfterwards(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (old != null && attached.isOk()) {
        Gather gather = new Gather();
        doorbells.getOrDefault(old, Set.of()).forEach(at -> unmap(old, at, PAGE, 1, gather));
      }
      return attached;
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      if (isDoorbell(domain, paddr)) {
        doorbells.computeIfAbsent(domain, each -> new HashSet<>()).add(iova);
      }
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }
}
