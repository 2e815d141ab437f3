package org.iommuref.model.iommufd.pagetable;

import java.util.List;
import java.util.Optional;
import org.iommuref.model.core.Core;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pages.FrameRun;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Processes;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/**
 * Puts the pages of areas into domains and takes them out. Linux: iopt_area_fill_domains and its
 * like in pages.c.
 *
 * <p>What is unpinned is unmapped before.
 */
final class AreaFill {

  private static final int PAGE_SHIFT = 12;

  private final Kernel kernel;
  private final Core core;
  private final IoPagetable table;

  /** Where pages are mapped. */
  private record FilledArea(Area area, DomainId domain) {}

  AreaFill(Kernel kernel, IoPagetable table) {
    this.kernel = kernel;
    this.core = kernel.core();
    this.table = table;
  }

  /** Fills a new area into every domain, or into none. */
  @Nullable Errno fillDomains(Area area, Pages pages) {
    List<DomainId> domains = table.domains();
    if (domains.isEmpty()) {
      return null;
    }
    pages.mutex().lock();
    try {
      return fill(area, pages, domains);
    } finally {
      pages.mutex().unlock();
    }
  }

  /** Takes an area out of every domain. */
  void unfillDomains(Area area, Pages pages) {
    pages.mutex().lock();
    try {
      Optional<AreaFrames> frames = area.frames();
      if (frames.isPresent()) {
        table.domains().forEach(domain -> unmap(area, pages, domain));
        release(area, pages, frames.get());
      }
    } finally {
      pages.mutex().unlock();
    }
  }

  /** Fills a finished area into a domain that is being added. */
  @Nullable Errno fillDomain(Area area, DomainId domain) {
    Pages pages = area.pages();
    pages.mutex().lock();
    try {
      return area.frames().isPresent()
          ? map(area, pages, domain)
          : fill(area, pages, List.of(domain));
    } finally {
      pages.mutex().unlock();
    }
  }

  /**
   * Takes an area out of a domain that is being removed.
   *
   * @param next who holds the frames from now on, or null if it was the last domain
   */
  void unfillDomain(Area area, DomainId domain, @Nullable DomainId next) {
    Pages pages = area.pages();
    pages.mutex().lock();
    try {
      unmap(area, pages, domain);
      AreaFrames frames = area.frames().orElseThrow();
      if (next == null) {
        release(area, pages, frames);
      } else if (domain.equals(frames.storageDomain())) {
        area.keep(frames.in(next));
      }
    } finally {
      pages.mutex().unlock();
    }
  }

  /** Loads the pages, maps them, charges them, and notes that they are needed and who has them. */
  private @Nullable Errno fill(Area area, Pages pages, List<DomainId> domains) {
    long first = area.firstIndex();
    long last = area.lastIndex();
    Errno failure = pages.load(first, last);
    if (failure != null) {
      return failure;
    }
    int mapped = 0;
    while (failure == null && mapped < domains.size()) {
      failure = map(area, pages, domains.get(mapped));
      mapped += failure == null ? 1 : 0;
    }
    if (failure == null) {
      failure = pages.charge();
    }
    if (failure != null) {
      domains.subList(0, mapped).forEach(domain -> unmap(area, pages, domain));
      pages.dropUnneeded(first, last);
      return failure;
    }
    area.keep(new AreaFrames(domains.get(0), pages.need(first, last)));
    return null;
  }

  private static void release(Area area, Pages pages, AreaFrames frames) {
    area.forgetFrames();
    pages.release(frames.range());
  }

  /** Maps an area whose pages are present into one domain, or leaves nothing of it mapped. */
  private @Nullable Errno map(Area area, Pages pages, DomainId domain) {
    if (pages.source().isRevoked()) {
      return null; // IOAS-088
    }
    long done = area.iova();
    Errno failure = null;
    for (FrameRun run : pages.runs(area.firstIndex(), area.lastIndex())) {
      long iova = area.iovaOf(run.index());
      long size = area.lastOf(run.index() + run.count() - 1) - iova + 1;
      long offset = run.index() == area.firstIndex() ? area.pageOffset() : 0;
      failure = mapRun(area, domain, iova, (run.frame() << PAGE_SHIFT) + offset, size);
      if (failure != null) {
        break;
      }
      done = iova + size;
    }
    if (failure != null && done != area.iova()) {
      unmapExactly(domain, area.iova(), done - area.iova());
    }
    if (failure == null) {
      pages
          .source()
          .mapped(
              new FilledArea(area, domain), () -> unmapExactly(domain, area.iova(), area.length()));
    }
    return failure;
  }

  private @Nullable Errno mapRun(Area area, DomainId domain, long iova, long paddr, long size) {
    long step = table.hasLargePages() ? size : Processes.PAGE_SIZE;
    for (long offset = 0; offset != size; offset += step) {
      Errno failure =
          core.map(domain, new Iova(iova + offset), new PhysAddr(paddr + offset), step, area.prot())
              .errno();
      if (failure != null) {
        if (offset != 0) {
          unmapExactly(domain, iova, offset);
        }
        return failure;
      }
    }
    return null;
  }

  private void unmap(Area area, Pages pages, DomainId domain) {
    if (pages.source().isRevoked()) {
      return; // IOAS-086: it was unmapped when it was revoked
    }
    pages.source().unmapped(new FilledArea(area, domain));
    unmapExactly(domain, area.iova(), area.length());
  }

  private void unmapExactly(DomainId domain, long iova, long size) {
    long removed = core.unmap(domain, new Iova(iova), size);
    kernel.warnings().warnIf(removed != size, "a domain unmaps something else than it was asked");
  }
}
