package org.iommuref.model.iommufd.pagetable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.shared.Lifetime;
import org.iommuref.model.iommufd.shared.Shared;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.iommufd.Processes;
import org.jspecify.annotations.Nullable;

/**
 * The domains of a map: all hold the same areas. Linux: iopt_table_add_domain,
 * iopt_table_remove_domain.
 */
final class TableDomains {

  private final Kernel kernel;
  private final IoPagetable table;
  private final AreaFill fill;
  private final Shared shared;
  private final List<DomainId> domains = new ArrayList<>();

  TableDomains(Kernel kernel, IoPagetable table, AreaFill fill) {
    this.shared = kernel.shared(new Lifetime("the domains of a map"));
    this.kernel = kernel;
    this.table = table;
    this.fill = fill;
  }

  /** All of them; the caller holds one of the locks of the map. */
  List<DomainId> list() {
    return shared.look(new RangeStep.ListDomains(), step -> List.copyOf(domains));
  }

  /** All of them as whoever looks on sees them. */
  List<DomainId> seen() {
    return Collections.unmodifiableList(domains);
  }

  /** The largest of the domains' smallest pages, and at least {@code least}. */
  long alignment(long least) {
    long alignment = least;
    for (DomainId domain : list()) {
      alignment = Math.max(alignment, geometry(domain).smallestPage());
    }
    return alignment;
  }

  @Nullable Errno add(DomainId domain) {
    table.domainsRwsem().downWrite();
    table.iovaRwsem().downWrite();
    try {
      return addLocked(domain);
    } finally {
      table.iovaRwsem().upWrite();
      table.domainsRwsem().upWrite();
    }
  }

  void remove(DomainId domain) {
    table.domainsRwsem().downWrite();
    table.iovaRwsem().downWrite();
    try {
      removeLocked(domain);
    } finally {
      table.iovaRwsem().upWrite();
      table.domainsRwsem().upWrite();
    }
  }

  private @Nullable Errno addLocked(DomainId domain) {
    List<DomainId> others = list();
    if (kernel.warnings().warnIf(others.contains(domain), "a domain is added twice")) {
      return Errno.EEXIST;
    }
    DomainGeometry geometry = geometry(domain);
    long alignment = Math.max(geometry.smallestPage(), table.iovaAlignment());
    if (alignment > Processes.PAGE_SIZE) {
      return Errno.EINVAL;
    }
    Errno failure = alignment == table.iovaAlignment() ? null : table.unsuited(alignment);
    if (failure != null) {
      return failure;
    }
    failure = reserveOutside(domain, geometry);
    if (failure == null) {
      failure =
          kernel.fails("allocation of a place for a domain")
              ? Errno.ENOMEM
              : fillAll(domain, others);
    }
    if (failure != null) {
      table.reserved().remove(domain);
      return failure;
    }
    table.alignTo(alignment);
    shared.change(new RangeStep.AddDomain(domain), step -> domains.add(step.domain()));
    return null;
  }

  private @Nullable Errno reserveOutside(DomainId domain, DomainGeometry geometry) {
    Errno failure = null;
    if (geometry.first() != 0) {
      failure = table.reserveLocked(0, geometry.first() - 1, domain);
    }
    if (failure == null && geometry.last() != -1L) {
      failure = table.reserveLocked(geometry.last() + 1, -1L, domain);
    }
    return failure;
  }

  private @Nullable Errno fillAll(DomainId domain, List<DomainId> others) {
    List<Area> filled = new ArrayList<>();
    for (Area area : table.areas().all()) {
      if (!area.look().finished()) {
        continue; // whoever builds it fills this domain too
      }
      Errno failure = fill.fillDomain(area, domain);
      if (failure != null) {
        DomainId next = others.isEmpty() ? null : others.get(0);
        filled.forEach(done -> fill.unfillDomain(done, domain, next));
        return failure;
      }
      filled.add(area);
    }
    return null;
  }

  private void removeLocked(DomainId domain) {
    if (kernel.warnings().warnIf(!takeOut(domain), "a domain is removed that was not added")) {
      return;
    }
    List<DomainId> others = list();
    DomainId next = others.isEmpty() ? null : others.get(0);
    for (Area area : table.areas().all()) {
      if (area.look().finished()) {
        fill.unfillDomain(area, domain, next);
      }
    }
    table.reserved().remove(domain);
    Errno failure = table.recalculateAlignment();
    kernel.warnings().warnIf(failure != null, "the alignment cannot be lowered");
  }

  /** Removes a domain; the list stays dense, its tail fills the gap. */
  private boolean takeOut(DomainId domain) {
    return shared.take(
        new RangeStep.RemoveDomain(domain),
        step -> {
          int index = domains.indexOf(step.domain());
          if (index >= 0) {
            Collections.swap(domains, index, domains.size() - 1);
            domains.remove(domains.size() - 1);
          }
          return index >= 0;
        });
  }

  private DomainGeometry geometry(DomainId domain) {
    return kernel.core().userDomains().geometry(domain);
  }
}
