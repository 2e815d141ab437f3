package org.iommuref.model.mutant;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** Domains that are wrong: in their type, in what they hold, in what they tell. */
final class WrongDomains {

  private WrongDomains() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant(
            "blocked-lets-reads-through",
            "a read passes a blocked domain",
            "DOM-001 ATT-005",
            BlockedReads::new),
        IdealMutants.mutant(
            "identity-off-by-a-page",
            "an identity domain adds a page to the address",
            "DOM-002",
            IdentityOff::new),
        IdealMutants.mutant(
            "iova-to-phys-of-page",
            "iova_to_phys leaves out the offset in the page",
            "DOM-005",
            PageOnly::new),
        IdealMutants.mutant(
            "identity-has-no-phys",
            "iova_to_phys of an identity domain gives 0",
            "DOM-005",
            NoIdentityPhys::new),
        IdealMutants.mutant(
            "domains-share", "a mapping is made in every paging domain", "DOM-006", Sharing::new),
        IdealMutants.mutant(
            "domain-reused-full",
            "a domain that is allocated anew has the mappings of the one freed before",
            "DOM-003 DOM-007",
            Reused::new),
        IdealMutants.mutant(
            "free-attached",
            "a domain that is attached can be freed",
            "DOM-004",
            FreesAttached::new),
        IdealMutants.mutant(
            "aperture-wraps",
            "an access beyond the aperture wraps into it",
            "DOM-009",
            Wrapping::new),
        IdealMutants.mutant(
            "maps-only-attached",
            "a mapping made while nothing is attached is lost",
            "DOM-008",
            OnlyAttached::new));
  }

  /** Reads memory for a device in a blocked domain. */
  private static final class BlockedReads extends Forwarding {
    private final Set<DomainId> blocked = new HashSet<>();
    private final Map<Rid, DomainId> domains = new HashMap<>();

    BlockedReads(IommuBackend backend) {
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
      Result<Done> attached = super.attach(device, domain, old);
      if (attached.isOk()) {
        domains.put(device, domain);
      }
      return attached;
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      DomainId domain = domains.get(access.rid());
      boolean passes =
          access.kind() == AccessKind.READ
              && access.pasid() == null
              && domain != null
              && blocked.contains(domain)
              && memory().contains(access.iova().bytes());
      return passes
          ? AccessOutcome.completed(memory().readLong(access.iova().bytes()))
          : super.access(access);
    }
  }

  /** Adds a page where the domain of the RID is an identity domain. */
  private static final class IdentityOff extends Forwarding {
    private static final long PAGE = 4096;

    private final Set<DomainId> identity = new HashSet<>();
    private final Map<Rid, DomainId> domains = new HashMap<>();

    IdentityOff(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> allocateDomain(DomainId domain, DomainType type) {
      if (type == DomainType.IDENTITY) {
        identity.add(domain);
      }
      return super.allocateDomain(domain, type);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (attached.isOk()) {
        domains.put(device, domain);
      }
      return attached;
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      DomainId domain = domains.get(access.rid());
      boolean off = access.pasid() == null && domain != null && identity.contains(domain);
      return super.access(off ? moved(access, access.iova().plus(PAGE)) : access);
    }
  }

  /** Gives the start of the 4 KiB page. */
  private static final class PageOnly extends Forwarding {

    PageOnly(IommuBackend backend) {
      super(backend);
    }

    @Override
    public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
      return new PhysAddr(super.iovaToPhys(domain, iova).bytes() & -4096);
    }
  }

  /** Gives 0 where the address itself is meant. */
  private static final class NoIdentityPhys extends Forwarding {

    NoIdentityPhys(IommuBackend backend) {
      super(backend);
    }

    @Override
    public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
      PhysAddr found = super.iovaToPhys(domain, iova);
      return found.bytes() == iova.bytes() ? new PhysAddr(0) : found;
    }
  }

  /** Maps in all domains alike. */
  private static final class Sharing extends Forwarding {
    private final Set<DomainId> paging = new TreeSet<>();

    Sharing(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> allocateDomain(DomainId domain, DomainType type) {
      if (type == DomainType.PAGING) {
        paging.add(domain);
      }
      return super.allocateDomain(domain, type);
    }

    @Override
    public Result<Done> freeDomain(DomainId domain) {
      paging.remove(domain);
      return super.freeDomain(domain);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      for (DomainId other : paging) {
        if (!other.equals(domain)) {
          super.map(other, iova, paddr, pageSize, count, prot);
        }
      }
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }

  /** Keeps a paging domain that is freed, and hands it out again under its name. */
  private static final class Reused extends Forwarding {
    private final Map<DomainId, DomainType> types = new HashMap<>();
    private final Map<Rid, DomainId> attached = new HashMap<>();
    private final Set<DomainId> freed = new HashSet<>();

    Reused(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> allocateDomain(DomainId domain, DomainType type) {
      types.put(domain, type);
      return type == DomainType.PAGING && freed.remove(domain)
          ? Result.done()
          : super.allocateDomain(domain, type);
    }

    @Override
    public Result<Done> freeDomain(DomainId domain) {
      if (types.get(domain) != DomainType.PAGING || attached.containsValue(domain)) {
        return super.freeDomain(domain);
      }
      freed.add(domain);
      return Result.done();
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> result = super.attach(device, domain, old);
      if (result.isOk()) {
        attached.put(device, domain);
      }
      return result;
    }
  }

  /** Answers every end of a domain with success. */
  private static final class FreesAttached extends Forwarding {

    FreesAttached(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> freeDomain(DomainId domain) {
      super.freeDomain(domain);
      return Result.done();
    }
  }

  /** Cuts the address bits above the aperture. */
  private static final class Wrapping extends Forwarding {

    Wrapping(IommuBackend backend) {
      super(backend);
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      long aperture = (1L << hwInfo().addressBits()) - 1;
      return super.access(moved(access, new Iova(access.iova().bytes() & aperture)));
    }
  }

  /** Maps nothing into a domain to which no RID is attached. */
  private static final class OnlyAttached extends Forwarding {
    private final Map<Rid, DomainId> domains = new HashMap<>();

    OnlyAttached(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      if (attached.isOk()) {
        domains.put(device, domain);
      }
      return attached;
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      return domains.containsValue(domain)
          ? super.map(domain, iova, paddr, pageSize, count, prot)
          : Result.ok(pageSize * count);
    }
  }

  private static DeviceAccess moved(DeviceAccess access, Iova iova) {
    return new DeviceAccess(access.rid(), access.pasid(), iova, access.kind(), access.value());
  }
}
