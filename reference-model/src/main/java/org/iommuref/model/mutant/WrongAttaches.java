package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Attaches that are wrong: in what is in force afterwards, and for whom. */
final class WrongAttaches {

  private WrongAttaches() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant(
            "replace-ignored",
            "a device stays in its first domain when another is attached",
            "ATT-001 ATT-002",
            ReplaceIgnored::new),
        IdealMutants.mutant(
            "attach-of-neighbour",
            "an attach moves the other devices too",
            "ATT-007",
            Neighbours::new),
        IdealMutants.mutant(
            "failed-attach-blocks",
            "a failed attach leaves the device blocked",
            "ATT-004",
            FailedBlocks::new),
        IdealMutants.mutant(
            "failed-attach-switches",
            "a failed attach leaves the new domain in force",
            "ATT-004",
            FailedSwitches::new),
        IdealMutants.mutant(
            "failure-untold",
            "an attach that failed says that it succeeded",
            "ATT-001 ATT-004",
            Untold::new),
        IdealMutants.mutant(
            "leaving-clears",
            "a domain loses its mappings when a device leaves it",
            "ATT-008 ATT-011",
            LeavingClears::new),
        IdealMutants.mutant(
            "one-device-per-domain",
            "of the devices of a domain the first alone is translated",
            "ATT-006",
            OneDevice::new),
        IdealMutants.mutant(
            "block-ignored",
            "an attach of a blocked domain leaves the old one in force",
            "ATT-005 DOM-001",
            BlockIgnored::new));
  }

  /** Attaches a device that is in no domain, and no other. */
  private static final class ReplaceIgnored extends Forwarding {

    ReplaceIgnored(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      return old == null ? super.attach(device, domain, old) : Result.done();
    }
  }

  /** Moves every device that was ever attached. */
  private static final class Neighbours extends Forwarding {
    private final Set<Rid> devices = new TreeSet<>();

    Neighbours(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (attached.isOk()) {
        devices.forEach(other -> super.attach(other, domain, old));
        devices.add(device);
      }
      return attached;
    }
  }

  /** Blocks the device on an error. */
  private static final class FailedBlocks extends Forwarding {
    private static final DomainId NOWHERE = new DomainId(Integer.MIN_VALUE);

    FailedBlocks(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (!attached.isOk()) {
        super.allocateDomain(NOWHERE, DomainType.BLOCKED);
        super.attach(device, NOWHERE, old);
      }
      return attached;
    }
  }

  /** Tries once more after an error, and tells the error. */
  private static final class FailedSwitches extends Forwarding {

    FailedSwitches(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (!attached.isOk()) {
        super.attach(device, domain, old);
      }
      return attached;
    }
  }

  /** Answers every attach with success. */
  private static final class Untold extends Forwarding {

    Untold(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      super.attach(device, domain, old);
      return Result.done();
    }
  }

  /** Removes the pages of a domain that a device leaves. */
  private static final class LeavingClears extends Forwarding {
    private static final long SMALLEST = 4096;

    private final Map<DomainId, List<Iova>> pages = new HashMap<>();

    LeavingClears(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (attached.isOk() && old != null && !old.equals(domain)) {
        pages
            .getOrDefault(old, List.of())
            .forEach(page -> super.unmap(old, page, SMALLEST, 1, new Gather()));
      }
      return attached;
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      for (long page = 0; page < count; page++) {
        pages.computeIfAbsent(domain, d -> new ArrayList<>()).add(iova.plus(page * pageSize));
      }
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }

  /** Refuses accesses without PASID of a device that shares its domain with an earlier one. */
  private static final class OneDevice extends Forwarding {
    private final Map<Rid, DomainId> domains = new HashMap<>();
    private final Set<Rid> late = new HashSet<>();

    OneDevice(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (attached.isOk()) {
        domains.remove(device);
        late.remove(device);
        if (domains.containsValue(domain)) {
          late.add(device);
        }
        domains.put(device, domain);
      }
      return attached;
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      boolean refused = access.pasid() == null && late.contains(access.rid());
      return refused ? AccessOutcome.blocked() : super.access(access);
    }
  }

  /** Attaches no blocked domain to a device that is in another one. */
  private static final class BlockIgnored extends Forwarding {
    private final Set<DomainId> blocked = new HashSet<>();

    BlockIgnored(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> allocateDomain(DomainId domain, DomainType type) {
      if (type == DomainType.BLOCKED) {
        blocked.add(domain);
      }
      return super.allocateDomain(domain, type);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      return old != null && blocked.contains(domain)
          ? Result.done()
          : super.attach(device, domain, old);
    }
  }
}
