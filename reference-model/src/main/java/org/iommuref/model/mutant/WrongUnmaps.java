package org.iommuref.model.mutant;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.spi.Mutant;

/** Unmaps that are wrong: in what they remove and in what they tell. */
final class WrongUnmaps {

  private WrongUnmaps() {}

  static List<Mutant> mutants() {
    return List.of(
        IdealMutants.mutant(
            "unmap-one-page-more",
            "unmap removes one page more than was asked for",
            "MAP-019",
            OneMore::new),
        IdealMutants.mutant(
            "unmap-returns-requested",
            "unmap returns what was asked for, not what it removed",
            "MAP-010 MAP-011",
            ReturnsRequested::new),
        IdealMutants.mutant(
            "unmap-past-hole",
            "unmap goes on behind a page that is not mapped",
            "MAP-011",
            PastHole::new),
        IdealMutants.mutant(
            "unmap-of-nothing-counts",
            "unmap counts a page where nothing is mapped",
            "MAP-023",
            CountsNothing::new),
        IdealMutants.mutant(
            "unmap-part-of-large",
            "unmap counts a part of a large page and leaves the page",
            "MAP-012",
            PartOfLarge::new),
        IdealMutants.mutant(
            "unmap-misses-last",
            "unmap leaves the last page of its range and counts it",
            "MAP-010",
            MissesLast::new),
        IdealMutants.mutant(
            "unmap-by-physical",
            "unmap removes other mappings of the same physical page too",
            "MAP-021",
            ByPhysical::new));
  }

  /** Removes one page more and tells nobody. */
  private static final class OneMore extends Forwarding {

    OneMore(IommuBackend backend) {
      super(backend);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      long removed = super.unmap(domain, iova, pageSize, count, gather);
      super.unmap(domain, iova.plus(removed), pageSize, 1, gather);
      return removed;
    }
  }

  /** Answers with the size of the range. */
  private static final class ReturnsRequested extends Forwarding {

    ReturnsRequested(IommuBackend backend) {
      super(backend);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      super.unmap(domain, iova, pageSize, count, gather);
      return pageSize * count;
    }
  }

  /** Tries every page of the range. */
  private static final class PastHole extends Forwarding {

    PastHole(IommuBackend backend) {
      super(backend);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      long removed = 0;
      for (long page = 0; page < count; page++) {
        removed += super.unmap(domain, iova.plus(page * pageSize), pageSize, 1, gather);
      }
      return removed;
    }
  }

  /** Counts the first page whether it was mapped or not. */
  private static final class CountsNothing extends Forwarding {

    CountsNothing(IommuBackend backend) {
      super(backend);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      long removed = super.unmap(domain, iova, pageSize, count, gather);
      boolean hole = removed == 0 && iovaToPhys(domain, iova).bytes() == 0;
      return hole ? pageSize : removed;
    }
  }

  /** Counts what lies in a larger page that begins before the range. */
  private static final class PartOfLarge extends Forwarding {

    PartOfLarge(IommuBackend backend) {
      super(backend);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      long removed = super.unmap(domain, iova, pageSize, count, gather);
      boolean insideLarger = removed == 0 && iovaToPhys(domain, iova).bytes() != 0;
      return insideLarger ? pageSize * count : removed;
    }
  }

  /** Leaves the last page if there are several. */
  private static final class MissesLast extends Forwarding {

    MissesLast(IommuBackend backend) {
      super(backend);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      long removed = super.unmap(domain, iova, pageSize, Math.max(1, count - 1), gather);
      return removed == pageSize * (count - 1) && count > 1 ? pageSize * count : removed;
    }
  }

  /** Remembers the IOVAs of each physical page. */
  private static final class ByPhysical extends Forwarding {
    private final Map<PhysAddr, Set<Iova>> iovas = new HashMap<>();

    ByPhysical(IommuBackend backend) {
      super(backend);
    }

    @Override
    public Result<Long> map(
        DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot) {
      for (long page = 0; page < count; page++) {
        iovas
            .computeIfAbsent(paddr.plus(page * pageSize), at -> new LinkedHashSet<>())
            .add(iova.plus(page * pageSize));
      }
      return super.map(domain, iova, paddr, pageSize, count, prot);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather) {
      Set<Iova> others = iovas.getOrDefault(iovaToPhys(domain, iova), Set.of());
      long removed = super.unmap(domain, iova, pageSize, count, gather);
      others.forEach(other -> super.unmap(domain, other, pageSize, 1, new Gather()));
      return removed;
    }
  }
}
