package org.iommuref.model.mutant;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.errno.Result.Err;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;

/** Maps that are wrong: in where they lead, in what they allow, in what they tell. */
final class WrongMaps {

  private WrongMaps() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant(
            "neighbour-page",
            "map leads to the page behind the one given",
            "MAP-001",
            NeighbourPage::new),
        IdealMutants.mutant(
            "writable-always",
            "a read-only page is mapped for writing too",
            "MAP-003",
            backend -> new OtherRights(backend, Prot.READ, Prot.READ_WRITE)),
        IdealMutants.mutant(
            "readable-always",
            "a write-only page is mapped for reading too",
            "MAP-005",
            backend -> new OtherRights(backend, Prot.WRITE, Prot.READ_WRITE)),
        IdealMutants.mutant(
            "never-writable",
            "write permission is lost on its way into the mapping",
            "MAP-004",
            backend -> new OtherRights(backend, Prot.READ_WRITE, Prot.READ)),
        IdealMutants.mutant(
            "map-overwrites",
            "map takes the place of a mapping that it meets",
            "MAP-006",
            Overwriting::new),
        IdealMutants.mutant(
            "map-tells-no-part",
            "a map that meets a mapping says that it mapped nothing",
            "MAP-006",
            TellsNoPart::new),
        IdealMutants.mutant(
            "large-page-offset-cut",
            "every part of a large page leads to its first 4 KiB",
            "MAP-009",
            OffsetCut::new),
        IdealMutants.mutant(
            "map-one-page-more",
            "map maps one page more than was asked for",
            "MAP-002",
            OneMore::new),
        IdealMutants.mutant(
            "last-page-refused",
            "the last page of the aperture is taken to be beyond it",
            "MAP-027",
            LastPageRefused::new),
        IdealMutants.mutant(
            "remap-keeps-page",
            "an IOVA that is mapped again leads to its first page",
            "MAP-020",
            FirstPageForever::new));
  }

  /** Leads one page too far. */
  private static final class NeighbourPage extends Forwarding {

    NeighbourPage(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      return super.map(domain, iova, paddr.plus(pageSize), pageSize, count, prot);
    }
  }

  /** Gives other rights than those asked for. */
  private static final class OtherRights extends Forwarding {
    private final Prot asked;
    private final Prot given;

    OtherRights(IommuBackend backend, Prot asked, Prot given) {
      super(backend);
      this.asked = asked;
      this.given = given;
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      return super.map(domain, iova, paddr, pageSize, count, prot == asked ? given : prot);
    }
  }

  /** Removes what is mapped in the range before it maps. */
  private static final class Overwriting extends Forwarding {

    Overwriting(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      for (long page = 0; page < count; page++) {
        super.unmap(domain, iova.plus(page * pageSize), pageSize, 1, new Gather());
      }
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }

  /** Answers an error as if it had been the first page. */
  private static final class TellsNoPart extends Forwarding {

    TellsNoPart(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      Result<Long> mapped = super.map(domain, iova, paddr, pageSize, count, prot);
      return mapped instanceof Err<Long> err ? Result.err(err.errno()) : mapped;
    }
  }

  /** Maps the first 4 KiB of a large page all over it. */
  private static final class OffsetCut extends Forwarding {
    private static final long SMALLEST = 4096;

    OffsetCut(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      if (pageSize == SMALLEST || prot == Prot.NONE) {
        return super.map(domain, iova, paddr, pageSize, count, prot);
      }
      long size = pageSize * count;
      for (long at = 0; at < size; at += SMALLEST) {
        PhysAddr start = paddr.plus(at & -pageSize);
        Result<Long> mapped = super.map(domain, iova.plus(at), start, SMALLEST, 1, prot);
        if (mapped instanceof Err<Long> err) {
          return Result.err(err.errno(), at & -pageSize);
        }
      }
      return Result.ok(size);
    }
  }

  /** Maps one page more and tells nobody. */
  private static final class OneMore extends Forwarding {

    OneMore(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      Result<Long> mapped = super.map(domain, iova, paddr, pageSize, count, prot);
      if (mapped.isOk()) {
        long size = pageSize * count;
        super.map(domain, iova.plus(size), paddr.plus(size), pageSize, 1, prot);
      }
      return mapped;
    }
  }

  /** Takes the end of the aperture for its last byte. */
  private static final class LastPageRefused extends Forwarding {

    LastPageRefused(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      long width = 1L << hwInfo().addressBits();
      boolean ends = iova.bytes() + pageSize * count == width;
      return ends
          ? Result.err(Errno.ERANGE)
          : super.map(domain, iova, paddr, pageSize, count, prot);
    }
  }

  /** Remembers where an IOVA led first. */
  private static final class FirstPageForever extends Forwarding {
    private final Map<DomainId, Map<Iova, PhysAddr>> leads = new HashMap<>();

    FirstPageForever(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      PhysAddr first =
          leads.computeIfAbsent(domain, d -> new HashMap<>()).computeIfAbsent(iova, at -> paddr);
      boolean fits = (first.bytes() & (pageSize - 1)) == 0;
      return super.map(domain, iova, fits ? first : paddr, pageSize, count, prot);
    }

    @Override
    public Result<Done> freeDomain(DomainId domain) {
      leads.remove(domain);
      return super.freeDomain(domain);
    }
  }
}
