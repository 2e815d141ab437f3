package org.iommuref.model.core;

import java.util.Objects;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.errno.Result.Err;
import org.iommuref.spec.memory.PhysAddr;

/**
 * Ranges of a paging domain, cut into the pages that the driver takes. Linux: iommu_map_nosync,
 * __iommu_unmap.
 *
 * <p>Open for parts that are wrong on purpose. Addresses are aligned to the smallest page; sizes
 * are unsigned bytes. It takes no lock: calls on disjoint ranges of a domain may run at once.
 */
public class PageMapper {

  private final IommuBackend backend;
  private final PageSizeChoice choice;
  private final long pageSizes;

  /** The mapper of a core. */
  public PageMapper(IommuBackend backend, PageSizeChoice choice) {
    this.backend = backend;
    this.choice = choice;
    this.pageSizes = backend.hwInfo().pageSizes();
  }

  /** Maps a range and makes it visible to devices, or leaves nothing of it mapped. */
  @Clause({"MAP-013", "MAP-014", "MAP-022"})
  public Result<Done> map(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot) {
    long mapped = 0;
    while (Long.compareUnsigned(mapped, size) < 0) {
      Iova at = iova.plus(mapped);
      PhysAddr to = paddr.plus(mapped);
      PageRun run = choice.choose(pageSizes, at.bytes(), to.bytes(), size - mapped);
      Result<Long> step = backend.map(domain, at, to, run.pageSize(), run.count(), prot);
      mapped += bytesOf(step);
      if (!step.isOk()) {
        undo(domain, iova, mapped);
        return Result.err(Objects.requireNonNull(step.errno()));
      }
    }
    return size == 0 ? Result.done() : syncMap(domain, iova, size); // MAP-025
  }

  /**
   * Removes a range up to its first hole and returns the bytes removed when nothing can use them
   * any more.
   */
  @Clause({"MAP-010", "MAP-011", "MAP-012", "INV-011", "INV-014"})
  public long unmap(DomainId domain, Iova iova, long size) {
    Gather gather = new Gather();
    long removed = unmapInto(gather, domain, iova, size);
    sync(domain, gather);
    return removed;
  }

  /** Removes what a map had mapped before it failed. */
  @Clause("MAP-013")
  protected void undo(DomainId domain, Iova iova, long mapped) {
    unmap(domain, iova, mapped);
  }

  /** Invalidates what was gathered. */
  @Clause({"INV-011", "INV-014"})
  protected void sync(DomainId domain, Gather gather) {
    if (!gather.isEmpty()) {
      backend.sync(domain, gather);
    }
  }

  private Result<Done> syncMap(DomainId domain, Iova iova, long size) {
    Result<Done> synced = backend.syncMap(domain, iova, size);
    if (!synced.isOk()) {
      undo(domain, iova, size);
    }
    return synced;
  }

  private long unmapInto(Gather gather, DomainId domain, Iova iova, long size) {
    long removed = 0;
    while (Long.compareUnsigned(removed, size) < 0) {
      Iova at = iova.plus(removed);
      PageRun run = choice.choose(pageSizes, at.bytes(), at.bytes(), size - removed);
      long bytes = backend.unmap(domain, at, run.pageSize(), run.count(), gather);
      if (bytes == 0) {
        break;
      }
      removed += bytes;
    }
    if (gather.isEmpty()) {
      gather.addRange(iova, removed); // a driver that gathers nothing has it all synced
    }
    return removed;
  }

  /** What a step mapped, before its error if it had one. */
  private static long bytesOf(Result<Long> step) {
    if (step instanceof Err<Long> err) {
      return err.partial() == null ? 0 : err.partial();
    }
    long bytes = step.value();
    if (bytes <= 0) {
      throw new IllegalStateException("MAP-022: a map succeeded with " + bytes + " bytes");
    }
    return bytes;
  }
}
