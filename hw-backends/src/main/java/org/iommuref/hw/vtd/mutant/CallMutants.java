package org.iommuref.hw.vtd.mutant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PageAllocator;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;
import org.jspecify.annotations.Nullable;

/** One call of the driver done wrongly, as if the function behind it were another. */
final class CallMutants {

  private static final long PAGE = 1L << 12;
  private static final long LARGE_PAGE = 1L << 21;

  private CallMutants() {}

  static List<Mutant> all() {
    return List.of(
        PartMutant.call(
                "table-freed-at-unmap",
                "an unmap frees the tables that it unlinks without waiting for the sync",
                (environment, driver) -> new FreesAtUnmap(driver, environment.tables()),
                "INV-007",
                "INV-013")
            .ofRaces("R08"),
        PartMutant.call(
                "sync-short-by-a-page",
                "a sync takes the end of the gathered range for exclusive",
                (environment, driver) -> new SyncsShort(driver),
                "INV-005")
            .ofRaces("R09"),
        PartMutant.call(
            "gather-restarted",
            "an unmap forgets what the gather holds already",
            (environment, driver) -> new RestartsGather(driver),
            "INV-015"),
        PartMutant.call(
            "sync-frees-alone",
            "a sync frees tables and invalidates nothing",
            (environment, driver) -> new NeverInvalidates(driver),
            "INV-001"),
        PartMutant.call(
            "flush-all-omitted",
            "flush_iotlb_all does nothing",
            (environment, driver) -> new NeverFlushesAll(driver),
            "INV-006"),
        PartMutant.call(
            "map-replaces",
            "a map over a mapping replaces it",
            (environment, driver) -> new Replaces(driver),
            "MAP-006"),
        PartMutant.call(
            "unmap-skips-holes",
            "an unmap goes on behind a hole",
            (environment, driver) -> new SkipsHoles(driver),
            "MAP-011"),
        PartMutant.call(
            "unmap-returns-size",
            "an unmap returns what it was asked for",
            (environment, driver) -> new ReturnsSize(driver),
            "MAP-010",
            "MAP-023"),
        PartMutant.call(
            "unmap-inside-large-page",
            "an unmap that starts inside a large page removes it",
            (environment, driver) -> new UnmapsFromInside(driver),
            "MAP-012"),
        PartMutant.call(
            "failed-attach-attaches",
            "an attach that fails has changed the context entry before",
            (environment, driver) -> new AttachesAndFails(driver),
            "ATT-004"),
        PartMutant.call(
            "iova-to-phys-of-page",
            "iova_to_phys gives the page without the offset in it",
            (environment, driver) -> new ForgetsOffset(driver),
            "DOM-005"));
  }

  private static final class FreesAtUnmap extends Forwarding {
    private final PageAllocator tables;

    FreesAtUnmap(IommuBackend driver, PageAllocator tables) {
      super(driver);
      this.tables = tables;
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      Gather own = new Gather();
      long removed = super.unmap(domain, iova, pageSize, count, own);
      own.freelist().forEach(tables::free);
      gather.addRange(iova, removed);
      return removed;
    }
  }

  private static final class SyncsShort extends Forwarding {
    SyncsShort(IommuBackend driver) {
      super(driver);
    }

    @Override
    public void sync(DomainId domain, Gather gather) {
      Gather shorter = new Gather();
      if (!gather.isEmpty()) {
        shorter.addRange(new Iova(gather.start()), gather.end() + 1 - gather.start() - PAGE);
      }
      gather.freelist().forEach(shorter::freeAfterSync);
      super.sync(domain, shorter);
      gather.reset();
    }
  }

  private static final class RestartsGather extends Forwarding {
    RestartsGather(IommuBackend driver) {
      super(driver);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      gather.reset();
      return super.unmap(domain, iova, pageSize, count, gather);
    }
  }

  private static final class NeverInvalidates extends Forwarding {
    NeverInvalidates(IommuBackend driver) {
      super(driver);
    }

    @Override
    public void sync(DomainId domain, Gather gather) {
      Gather tables = new Gather();
      gather.freelist().forEach(tables::freeAfterSync);
      super.sync(domain, tables);
      gather.reset();
    }
  }

  private static final class NeverFlushesAll extends Forwarding {
    NeverFlushesAll(IommuBackend driver) {
      super(driver);
    }

    @Override
    public void flushAll(DomainId domain) {}
  }

  private static final class Replaces extends Forwarding {
    Replaces(IommuBackend driver) {
      super(driver);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      Result<Long> mapped = super.map(domain, iova, paddr, pageSize, count, prot);
      if (mapped.errno() != Errno.EADDRINUSE) {
        return mapped;
      }
      for (long n = 0; n < count; n++) {
        unmap(domain, iova.plus(n * pageSize), pageSize, 1, new Gather());
      }
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }

  private static final class SkipsHoles extends Forwarding {
    SkipsHoles(IommuBackend driver) {
      super(driver);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      long removed = 0;
      for (long n = 0; n < count; n++) {
        removed += super.unmap(domain, iova.plus(n * pageSize), pageSize, 1, gather);
      }
      return removed;
    }
  }

  private static final class ReturnsSize extends Forwarding {
    ReturnsSize(IommuBackend driver) {
      super(driver);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      super.unmap(domain, iova, pageSize, count, gather);
      return pageSize * count;
    }
  }

  private static final class UnmapsFromInside extends Forwarding {
    UnmapsFromInside(IommuBackend driver) {
      super(driver);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      long removed = super.unmap(domain, iova, pageSize, count, gather);
      if (removed > 0 || iovaToPhys(domain, iova).bytes() == 0) {
        return removed;
      }
      Iova start = new Iova(iova.bytes() & -LARGE_PAGE);
      return super.unmap(domain, start, LARGE_PAGE, 1, gather);
    }
  }

  private static final class AttachesAndFails extends Forwarding {
    private final Map<Rid, Errno> failing = new HashMap<>();

    AttachesAndFails(IommuBackend driver) {
      super(driver);
    }

    @Override
    public void failNextAttach(Rid device, Errno errno) {
      failing.put(device, errno);
    }

    @Override
    public Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old) {
      Result<Done> attached = super.attach(device, domain, old);
      Errno failure = failing.remove(device);
      return failure == null ? attached : Result.err(failure);
    }
  }

  private static final class ForgetsOffset extends Forwarding {
    ForgetsOffset(IommuBackend driver) {
      super(driver);
    }

    @Override
    public PhysAddr iovaToPhys(DomainId domain, Iova iova) {
      return super.iovaToPhys(domain, new Iova(iova.bytes() & -PAGE));
    }
  }
}
