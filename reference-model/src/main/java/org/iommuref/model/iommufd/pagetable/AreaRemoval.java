package org.iommuref.model.iommufd.pagetable;

import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/** Removes areas. Linux: iopt_unmap_iova_range. */
final class AreaRemoval {

  private static final int MOST_TRIES = 100;

  private final Kernel kernel;
  private final IoPagetable table;
  private final AreaFill fill;
  private final long last;
  private long start;
  private long unmapped;
  private int tries;
  private boolean finished;

  /** The removal of every area from {@code start} to {@code last}. */
  AreaRemoval(Kernel kernel, IoPagetable table, AreaFill fill, long start, long last) {
    this.kernel = kernel;
    this.table = table;
    this.fill = fill;
    this.start = start;
    this.last = last;
  }

  /** The bytes removed; an error leaves removed what was before it. */
  Result<Long> run() {
    while (!finished) {
      Area notify = null;
      table.domainsRwsem().downRead();
      table.iovaRwsem().downWrite();
      try {
        for (Area area = next(); area != null && notify == null; area = next()) {
          AreaState state = area.look();
          Errno refusal = refusal(area, state);
          if (refusal != null) {
            return Result.err(refusal, unmapped);
          }
          tries = area.iova() == start ? tries : 0;
          if (state.accesses() > 0) {
            start = area.iova();
            area.preventAccess();
            notify = area;
          } else {
            remove(area);
          }
        }
      } finally {
        table.iovaRwsem().upWrite();
        table.domainsRwsem().upRead();
      }
      if (notify == null) {
        finished = true;
      } else if (!ask(notify)) {
        return Result.err(Errno.EDEADLOCK, unmapped);
      }
    }
    return Result.ok(unmapped);
  }

  private @Nullable Area next() {
    return finished ? null : table.areas().first(start, last);
  }

  private @Nullable Errno refusal(Area area, AreaState state) {
    return AreaOnRemoval.CHECKS.refusal(kernel, new AreaOnRemoval(area, state, start, last));
  }

  /** Asks every access to give its pins back; false when they do not. */
  private boolean ask(Area area) {
    table.notifyUnmap(area.iova(), area.length());
    tries++;
    return !kernel.warnings().warnIf(tries > MOST_TRIES, "an access does not unpin when asked");
  }

  /** Removes an area while others may look for new ones. */
  private void remove(Area area) {
    Pages pages = area.withdraw();
    table.iovaRwsem().upWrite();
    fill.unfillDomains(area, pages);
    table.abort(area);
    pages.put();
    unmapped += area.length();
    table.iovaRwsem().downWrite();
    finished = Long.compareUnsigned(area.last(), last) >= 0;
    start = area.last() + 1;
  }
}
