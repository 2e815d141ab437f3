package org.iommuref.model.mutant;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** What a sync should end and does not, or ends and should not. */
final class WrongSyncs {

  private static final long PAGE = 4096;

  private WrongSyncs() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant(
            "sync-takes-next-page",
            "a sync takes away the page behind what was unmapped",
            "INV-008",
            TakesNext::new),
        IdealMutants.mutant(
            "sync-misses-pasids",
            "a page that a PASID has read is read again after its unmap and sync",
            "INV-017",
            MissesPasids::new),
        IdealMutants.mutant(
            "former-rights-stay",
            "a page that is mapped anew has the rights of the page before it too",
            "INV-019",
            FormerRights::new),
        IdealMutants.mutant(
            "unmapped-leads-astray",
            "until its sync, an unmapped page leads to the page behind",
            "INV-013",
            LeadsAstray::new));
  }

  /** Removes one page more when what was removed is synced. */
  private static final class TakesNext extends Forwarding {

    TakesNext(IommuBackend backend) {
      super(backend);
    }

    @Override
    public void sync(DomainId domain, Gather gather) {
      if (!gather.isEmpty()) {
        super.unmap(domain, new Iova(gather.end() + 1), PAGE, 1, new Gather());
      }
      super.sync(domain, gather);
    }
  }

  /** Remembers where the reads with a PASID went, until the PASID moves. */
  private static final class MissesPasids extends Forwarding {

    private final Map<String, DomainId> domains = new HashMap<>();
    private final Map<String, PhysAddr> pages = new HashMap<>();

    MissesPasids(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
      Result<Done> set = super.setPasid(device, pasid, domain, old);
      if (set.isOk()) {
        domains.put(device + " " + pasid, domain);
        forget(device, pasid);
      }
      return set;
    }

    @Override
    public void removePasid(Rid device, Pasid pasid, DomainId old) {
      super.removePasid(device, pasid, old);
      forget(device, pasid);
    }

    private void forget(Rid device, Pasid pasid) {
      pages.keySet().removeIf(page -> page.startsWith(device + " " + pasid + " "));
    }

    @Override
    public AccessOutcome access(DeviceAccess access) {
      AccessOutcome outcome = super.access(access);
      if (access.pasid() == null || access.kind() != AccessKind.READ) {
        return outcome;
      }
      String requester = access.rid() + " " + access.pasid();
      String page = requester + " " + access.iova().bytes() / PAGE;
      DomainId domain = domains.get(requester);
      if (outcome instanceof AccessOutcome.Completed && domain != null) {
        pages.put(page, iovaToPhys(domain, access.iova()));
        return outcome;
      }
      PhysAddr cached = pages.get(page);
      return cached == null ? outcome : AccessOutcome.completed(memory().readLong(cached.bytes()));
    }
  }

  /** Adds the rights that the page of this IOVA had when it was mapped last. */
  private static final class FormerRights extends Forwarding {

    private final Map<String, Prot> former = new HashMap<>();

    FormerRights(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      String page = domain + " " + iova;
      Prot given = former.getOrDefault(page, prot);
      Prot both = given == prot || prot == Prot.NONE ? prot : Prot.READ_WRITE;
      Result<Long> mapped = super.map(domain, iova, paddr, pageSize, count, both);
      if (mapped.isOk()) {
        former.put(page, both);
      }
      return mapped;
    }
  }

  /** Maps another page where one was removed, and removes it too when the removal is synced. */
  private static final class LeadsAstray extends Forwarding {

    private record Stray(DomainId domain, Iova iova, long pageSize) {}

    private final List<Stray> strays = new ArrayList<>();

    LeadsAstray(IommuBackend backend) {
      super(backend);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      end(domain);
      PhysAddr behind = iovaToPhys(domain, iova).plus(pageSize);
      long removed = super.unmap(domain, iova, pageSize, count, gather);
      if (removed >= pageSize
          && super.map(domain, iova, behind, pageSize, 1, Prot.READ_WRITE).isOk()) {
        strays.add(new Stray(domain, iova, pageSize));
      }
      return removed;
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      end(domain);
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }

    @Override
    public void sync(DomainId domain, Gather gather) {
      end(domain);
      super.sync(domain, gather);
    }

    @Override
    public void flushAll(DomainId domain) {
      end(domain);
      super.flushAll(domain);
    }

    private void end(DomainId domain) {
      for (Stray stray : strays) {
        if (stray.domain().equals(domain)) {
          super.unmap(domain, stray.iova(), stray.pageSize(), 1, new Gather());
        }
      }
      strays.removeIf(stray -> stray.domain().equals(domain));
    }
  }
}
