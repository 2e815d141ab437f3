package org.iommuref.model.mutant;

import java.util.List;
import org.iommuref.model.core.CoreChecks;
import org.iommuref.model.core.PageMapper;
import org.iommuref.model.core.PageSizeChoice;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.spi.Mutant;

/** Maps, unmaps and syncs of the core that are wrong. */
final class WrongMappers {

  private static final long SMALLEST = 4096;

  private WrongMappers() {}

  static List<Mutant> mutants() {
    return List.of(
        CoreMutants.mutant(
            CoreMutants.VTD,
            "unmap-without-sync",
            "iommu_unmap does not sync",
            "INV-014 INV-001",
            parts -> parts.withMapper(NoSync::new)),
        CoreMutants.mutant(
            CoreMutants.VTD,
            "sync-of-first-page",
            "iommu_unmap syncs the first page of what was gathered",
            "INV-005 INV-014",
            parts -> parts.withMapper(FirstPageSync::new)),
        CoreMutants.mutant(
                CoreMutants.IDEAL,
                "empty-gather-synced",
                "a gather that is empty is synced",
                "INV-011",
                parts -> parts.withMapper(SyncsAll::new).withDriver(NoEmptySync::new))
            .ofRaces("R11"),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "map-error-left",
            "a map that fails leaves what it had mapped before",
            "MAP-013",
            parts -> parts.withMapper(NoUndo::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "undo-too-far",
            "a map that fails removes the mapping that it met",
            "MAP-006 MAP-013",
            parts -> parts.withMapper(UndoTooFar::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "unmap-returns-requested",
            "iommu_unmap returns what was asked for, not what was removed",
            "MAP-010 MAP-011",
            parts -> parts.withMapper(ReturnsRequested::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "unmap-past-hole",
            "iommu_unmap goes on behind a page that is not mapped",
            "MAP-011",
            parts -> parts.withMapper(PastHole::new)),
        CoreMutants.mutant(
            CoreMutants.IDEAL,
            "free-attached",
            "a domain that is attached can be freed",
            "DOM-004",
            parts ->
                parts
                    .withChecks(parts.checks().withFree(CoreChecks.LINUX.free().without(1)))
                    .withDriver(FreesAttached::new)));
  }

  /** Leaves caches as they are. */
  private static final class NoSync extends PageMapper {

    NoSync(IommuBackend backend, PageSizeChoice choice) {
      super(backend, choice);
    }

    @Override
    protected void sync(DomainId domain, Gather gather) {
      gather.reset();
    }
  }

  /** Cuts the range of every gather behind its first page. */
  private static final class FirstPageSync extends PageMapper {

    FirstPageSync(IommuBackend backend, PageSizeChoice choice) {
      super(backend, choice);
    }

    @Override
    protected void sync(DomainId domain, Gather gather) {
      Gather first = new Gather();
      if (!gather.isEmpty()) {
        first.addRange(new Iova(gather.start()), SMALLEST);
        first.addPageSize(SMALLEST);
        gather.freelist().forEach(first::freeAfterSync);
      }
      super.sync(domain, first);
    }
  }

  /** Calls the driver whatever was gathered. */
  private static final class SyncsAll extends PageMapper {

    private final IommuBackend backend;

    SyncsAll(IommuBackend backend, PageSizeChoice choice) {
      super(backend, choice);
      this.backend = backend;
    }

    @Override
    protected void sync(DomainId domain, Gather gather) {
      backend.sync(domain, gather);
    }
  }

  /** A driver that an empty gather makes stop: its bounds name a range that nobody unmapped. */
  private static final class NoEmptySync extends Forwarding {

    NoEmptySync(IommuBackend backend) {
      super(backend);
    }

    @Override
    public void sync(DomainId domain, Gather gather) {
      if (gather.isEmpty()) {
        throw new IllegalStateException("INV-011: an empty gather was synced");
      }
      super.sync(domain, gather);
    }
  }

  /** Undoes nothing. */
  private static final class NoUndo extends PageMapper {

    NoUndo(IommuBackend backend, PageSizeChoice choice) {
      super(backend, choice);
    }

    @Override
    protected void undo(DomainId domain, Iova iova, long mapped) {
      // it stays mapped
    }
  }

  /** Undoes one page more. */
  private static final class UndoTooFar extends PageMapper {

    UndoTooFar(IommuBackend backend, PageSizeChoice choice) {
      super(backend, choice);
    }

    @Override
    protected void undo(DomainId domain, Iova iova, long mapped) {
      super.undo(domain, iova, mapped + SMALLEST);
    }
  }

  /** Answers with the size of the range. */
  private static final class ReturnsRequested extends PageMapper {

    ReturnsRequested(IommuBackend backend, PageSizeChoice choice) {
      super(backend, choice);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long size) {
      super.unmap(domain, iova, size);
      return size;
    }
  }

  /** Tries again behind the first hole. */
  private static final class PastHole extends PageMapper {

    PastHole(IommuBackend backend, PageSizeChoice choice) {
      super(backend, choice);
    }

    @Override
    public long unmap(DomainId domain, Iova iova, long size) {
      long removed = super.unmap(domain, iova, size);
      long behind = removed + SMALLEST;
      return behind < size
          ? removed + super.unmap(domain, iova.plus(behind), size - behind)
          : removed;
    }
  }

  /** Lets a domain go that the driver wants to keep. */
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
}
