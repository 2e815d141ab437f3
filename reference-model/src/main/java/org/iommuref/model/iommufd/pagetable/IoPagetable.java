package org.iommuref.model.iommufd.pagetable;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.kernel.RwSemaphore;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * The areas of an IOAS, the IOVAs that are reserved or allowed, and the domains and accesses that
 * share them. Linux: struct io_pagetable.
 *
 * <p>Locks, outer first: {@code domains_rwsem}, {@code iova_rwsem}, the mutex of pages.
 */
public final class IoPagetable {

  /** The name of the lock of its domains. */
  public static final String DOMAINS_RWSEM = "domains_rwsem";

  /** The name of the lock of its areas. */
  public static final String IOVA_RWSEM = "iova_rwsem";

  private final Kernel kernel;
  private final RwSemaphore domainsRwsem;
  private final RwSemaphore iovaRwsem;
  private final Shared iovas;
  private final AreaTree areas;
  private final ReservedIovas reserved;
  private final AllowedIovas allowed;
  private final AreaFill fill;
  private final AreaMaking making;
  private final TableDomains domains;
  private final AccessList accesses;
  private boolean largePages = true;
  private long iovaAlignment = 1;

  /** An empty map: any IOVA, any alignment. */
  public IoPagetable(Kernel kernel) {
    this.kernel = kernel;
    this.domainsRwsem = kernel.rwSemaphore(DOMAINS_RWSEM);
    this.iovaRwsem = kernel.rwSemaphore(IOVA_RWSEM);
    this.iovas = kernel.shared(new Lifetime("a map of IOVAs"));
    this.areas = new AreaTree(iovas);
    this.reserved = new ReservedIovas(iovas);
    this.allowed = new AllowedIovas(iovas);
    this.accesses = new AccessList(kernel);
    this.fill = new AreaFill(kernel, this);
    this.making = new AreaMaking(kernel, this, fill);
    this.domains = new TableDomains(kernel, this, fill);
  }

  /** Held for reading while any area is built up or torn down. */
  public RwSemaphore domainsRwsem() {
    return domainsRwsem;
  }

  /** Protects areas and the reserved and allowed ranges. */
  public RwSemaphore iovaRwsem() {
    return iovaRwsem;
  }

  /** What every IOVA and every length is a multiple of, in bytes. */
  public long iovaAlignment() {
    return iovaAlignment;
  }

  /** Whether pages larger than 4 KiB may be used in domains. */
  public boolean hasLargePages() {
    return largePages;
  }

  /** The domains that hold the areas, the one at the front holds the frames of new ones. */
  public List<DomainId> domains() {
    return domains.list();
  }

  /** The same as whoever looks on sees them. */
  public List<DomainId> seenDomains() {
    return domains.seen();
  }

  /** All areas, by ascending IOVA; the caller holds {@code iova_rwsem}. */
  public List<Area> allAreas() {
    return areas.all();
  }

  /** The lowest area that meets a range, or null; the caller holds {@code iova_rwsem}. */
  public @Nullable Area firstArea(long start, long last) {
    return areas.first(start, last);
  }

  /** All areas as whoever looks on sees them. */
  public Collection<Area> seenAreas() {
    return areas.seen();
  }

  /** Whether whoever looks on sees an area that is a multiple of the alignment. */
  public boolean suits(Area area) {
    return isMultiple(area, iovaAlignment);
  }

  /** Whether whoever looks on sees an area where IOVAs are reserved. */
  public boolean isSeenReserved(Area area) {
    return reserved.isMet(area.iova(), area.last());
  }

  /**
   * iopt_map_pages: maps slices one behind the other.
   *
   * @param fixed where, or null for an IOVA that is free
   * @return the IOVA; the slices that were not handed over remain the caller's
   */
  public Result<Long> map(List<PagesSlice> slices, long length, @Nullable Long fixed, Prot prot) {
    return making.map(slices, length, fixed, prot);
  }

  /** iopt_unmap_iova_range: the bytes unmapped; an error leaves unmapped what was before it. */
  public Result<Long> unmap(long start, long last) {
    return new AreaRemoval(kernel, this, fill, start, last).run();
  }

  /** iopt_cut_iova: cuts areas behind IOVAs; a failure leaves the cuts made before it. */
  public @Nullable Errno cut(long... lasts) {
    iovaRwsem.downWrite();
    try {
      Errno failure = null;
      for (int index = 0; index < lasts.length && failure == null; index++) {
        Area area = areas.at(lasts[index]);
        failure =
            area == null ? null : new AreaCut(area, area.look(), lasts[index]).perform(kernel);
      }
      return failure;
    } finally {
      iovaRwsem.upWrite();
    }
  }

  /** iopt_get_pages: the slices behind a range that is mapped without a gap. ENOENT, ENOMEM. */
  public Result<List<PagesSlice>> slices(long iova, long last) {
    List<PagesSlice> slices = new ArrayList<>();
    iovaRwsem.downRead();
    try {
      ContiguousAreas contiguous = new ContiguousAreas(this, iova, last);
      for (Area area = contiguous.first(); area != null; area = contiguous.next()) {
        if (kernel.fails("allocation of a slice of pages")) {
          slices.forEach(PagesSlice::free);
          return Result.err(Errno.ENOMEM);
        }
        long at = contiguous.iova();
        area.pages().get();
        slices.add(new PagesSlice(area.pages(), area.startByte(at), contiguous.lastIn() - at + 1));
      }
      if (!contiguous.isDone()) {
        slices.forEach(PagesSlice::free);
        return Result.err(Errno.ENOENT);
      }
      return Result.ok(slices);
    } finally {
      iovaRwsem.upRead();
    }
  }

  /** iopt_table_add_domain: fills a domain with all areas, or leaves everything as it was. */
  public @Nullable Errno addDomain(DomainId domain) {
    return domains.add(domain);
  }

  /** iopt_table_remove_domain. */
  public void removeDomain(DomainId domain) {
    domains.remove(domain);
  }

  /** iopt_set_allow_iova: EADDRINUSE if a range meets a reserved one; the old ones then stay. */
  public @Nullable Errno allow(List<IovaRange> ranges) {
    iovaRwsem.downWrite();
    try {
      for (IovaRange range : ranges) {
        if (reserved.meets(range.start(), range.last())) {
          return Errno.EADDRINUSE;
        }
      }
      allowed.set(ranges);
      return null;
    } finally {
      iovaRwsem.upWrite();
    }
  }

  /** iopt_reserve_iova: EADDRINUSE if something is mapped or allowed there, ENOMEM. */
  public @Nullable Errno reserve(long start, long last, @Nullable Object owner) {
    iovaRwsem.downWrite();
    try {
      return reserveLocked(start, last, owner);
    } finally {
      iovaRwsem.upWrite();
    }
  }

  /** iopt_remove_reserved_iova: everything that one owner has reserved. */
  public void removeReserved(@Nullable Object owner) {
    iovaRwsem.downWrite();
    reserved.remove(owner);
    iovaRwsem.upWrite();
  }

  /**
   * iopt_table_enforce_dev_resv_regions: reserves what a device cannot use, all or nothing.
   *
   * @param swMsi hears where software places interrupt messages; null if that is not asked
   */
  public @Nullable Errno reserveFor(Rid device, @Nullable SwMsiWindow swMsi) {
    if (kernel.fails("injected into the reserved regions of a device")) {
      return Errno.EINVAL;
    }
    iovaRwsem.downWrite();
    try {
      Errno failure = new DeviceRegions(kernel, this, device).reserve(swMsi);
      if (failure != null) {
        reserved.remove(device);
      }
      return failure;
    } finally {
      iovaRwsem.upWrite();
    }
  }

  /** The gaps between reserved ranges; the caller holds {@code iova_rwsem}. */
  public List<IovaRange> unreserved() {
    List<IovaRange> gaps = new ArrayList<>();
    Holes holes = new Holes(reserved, null, 0, -1L);
    for (IovaRange hole = holes.next(); hole != null; hole = holes.next()) {
      gaps.add(hole);
    }
    return gaps;
  }

  /** iopt_enable_large_pages. */
  public void enableLargePages() {
    domainsRwsem.downWrite();
    iovaRwsem.downWrite();
    enable(true);
    Errno failure = recalculateAlignment();
    kernel.warnings().warnIf(failure != null, "the alignment cannot be lowered");
    iovaRwsem.upWrite();
    domainsRwsem.upWrite();
  }

  /** iopt_disable_large_pages: EINVAL if a domain holds an area, EADDRINUSE by alignment. */
  public @Nullable Errno disableLargePages() {
    domainsRwsem.downWrite();
    iovaRwsem.downWrite();
    try {
      if (!largePages) {
        return null;
      }
      if (!domains().isEmpty() && !areas.isEmpty()) {
        return Errno.EINVAL;
      }
      enable(false);
      Errno failure = recalculateAlignment();
      if (failure != null) {
        enable(true);
      }
      return failure;
    } finally {
      iovaRwsem.upWrite();
      domainsRwsem.upWrite();
    }
  }

  private void enable(boolean large) {
    iovas.change(new RangeStep.SetLargePages(large), step -> largePages = step.enabled());
  }

  /** iopt_add_access: EADDRINUSE if an area does not suit its alignment, ENOMEM. */
  public @Nullable Errno addAccess(TableAccess access) {
    domainsRwsem.downWrite();
    iovaRwsem.downWrite();
    try {
      if (kernel.fails("allocation of a place for an access")) {
        return Errno.ENOMEM;
      }
      int place = accesses.add(access);
      Errno failure = recalculateAlignment();
      if (failure != null) {
        accesses.remove(place);
      }
      return failure;
    } finally {
      iovaRwsem.upWrite();
      domainsRwsem.upWrite();
    }
  }

  /** iopt_remove_access. */
  public void removeAccess(TableAccess access) {
    domainsRwsem.downWrite();
    iovaRwsem.downWrite();
    int place = accesses.placeOf(access);
    if (!kernel.warnings().warnIf(place < 0, "an access is removed that was not added")) {
      accesses.remove(place);
    }
    Errno failure = recalculateAlignment();
    kernel.warnings().warnIf(failure != null, "the alignment cannot be lowered");
    iovaRwsem.upWrite();
    domainsRwsem.upWrite();
  }

  /** iopt_destroy_table: nothing may be left but what was allowed. */
  public void destroy() {
    removeReserved(null);
    var warnings = kernel.warnings();
    warnings.warnIf(!reserved.isEmpty(), "IOVAs are still reserved at the end of an IOAS");
    warnings.warnIf(!domains().isEmpty(), "a domain is left at the end of an IOAS");
    warnings.warnIf(!accesses.isEmpty(), "an access is left at the end of an IOAS");
    warnings.warnIf(!areas.isEmpty(), "an area is left at the end of an IOAS");
  }

  AreaTree areas() {
    return areas;
  }

  ReservedIovas reserved() {
    return reserved;
  }

  boolean isReserved(long start, long last) {
    return reserved.meets(start, last);
  }

  void alignTo(long alignment) {
    iovas.change(new RangeStep.SetAlignment(alignment), step -> iovaAlignment = step.alignment());
  }

  Result<Long> findFree(long address, long length) {
    IovaSearch search = new IovaSearch(kernel, reserved, areas);
    return areas.findHole(
        length, () -> search.find(allowed.seen(), address, length, iovaAlignment));
  }

  /** State of a part of the map that lives so long. */
  Shared shared(Lifetime lifetime) {
    return kernel.shared(lifetime);
  }

  /** iopt_abort_area: takes an area out that has no pages any more. */
  void abort(Area area) {
    iovaRwsem.downWrite();
    areas.remove(area);
    iovaRwsem.upWrite();
    area.free();
  }

  void notifyUnmap(long iova, long length) {
    accesses.ask(TableAccess::holdToAsk, access -> access.notifyUnmap(iova, length));
  }

  @Nullable Errno reserveLocked(long start, long last, @Nullable Object owner) {
    if (areas.first(start, last) != null || allowed.meets(start, last)) {
      return Errno.EADDRINUSE;
    }
    if (kernel.fails("allocation of a reserved range")) {
      return Errno.ENOMEM;
    }
    reserved.add(start, last, owner);
    return null;
  }

  /** iopt_check_iova_alignment: EADDRINUSE if an area is not a multiple of it, else null. */
  @Nullable Errno unsuited(long alignment) {
    boolean suited = areas.all().stream().allMatch(area -> isMultiple(area, alignment));
    return suited ? null : Errno.EADDRINUSE;
  }

  private static boolean isMultiple(Area area, long alignment) {
    return ((area.iova() | area.length() | area.pageOffset()) & (alignment - 1)) == 0;
  }

  /** iopt_calculate_iova_alignment. */
  @Nullable Errno recalculateAlignment() {
    long least = domains.alignment(largePages ? 1 : Processes.PAGE_SIZE);
    long alignment = accesses.alignment(least);
    Errno failure = alignment > iovaAlignment ? unsuited(alignment) : null;
    if (failure == null) {
      alignTo(alignment);
    }
    return failure;
  }
}
