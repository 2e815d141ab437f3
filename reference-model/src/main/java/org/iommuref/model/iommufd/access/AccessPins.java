package org.iommuref.model.iommufd.access;

import java.util.Arrays;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.ContiguousAreas;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * Pins the pages behind a range, area by area, and unpins them. Linux: iommufd_access_pin_pages,
 * iopt_area_add_access.
 */
final class AccessPins {

  private final Access access;
  private final Kernel kernel;
  private final IoPagetable iopt;
  private final AccessRange range;

  AccessPins(Access access, IoPagetable iopt, AccessRange range) {
    this.access = access;
    this.kernel = access.context().kernel();
    this.iopt = iopt;
    this.range = range;
  }

  @Clause({"ACC-013", "ACC-017", "ACC-018", "ACC-021"})
  Result<long[]> pin(boolean write) {
    iopt.iovaRwsem().downRead();
    try {
      ContiguousAreas areas = new ContiguousAreas(iopt, range.iova(), range.last());
      long[] frames = new long[0];
      Errno failure = null;
      for (Area area = areas.first(); area != null && failure == null; ) {
        AreaOnAccess reached = new AreaOnAccess(area, areas, write);
        failure = AreaOnAccess.PIN.refusal(kernel, reached);
        if (failure == null) {
          long first = area.indexOf(areas.iova());
          long last = area.indexOf(areas.lastIn());
          failure = add(area, first, last);
          frames = failure == null ? with(frames, area.pages(), first, last) : frames;
        }
        area = failure == null ? areas.next() : area;
      }
      if (failure == null && !areas.isDone()) {
        failure = Errno.ENOENT;
      }
      if (failure == null) {
        return Result.ok(frames);
      }
      if (range.iova() != areas.iova()) {
        removeUpTo(areas.iova() - 1);
      }
      return Result.err(failure);
    } finally {
      iopt.iovaRwsem().upRead();
    }
  }

  void unpin() {
    iopt.iovaRwsem().downRead();
    boolean whole = removeUpTo(range.last());
    kernel.warnings().warnIf(!whole, "an access unpins what is not mapped");
    iopt.iovaRwsem().upRead();
  }

  private boolean removeUpTo(long last) {
    ContiguousAreas areas = new ContiguousAreas(iopt, range.iova(), last);
    for (Area area = areas.first(); area != null; area = areas.next()) {
      remove(area, area.indexOf(areas.iova()), area.indexOf(areas.lastIn()));
    }
    return areas.isDone();
  }

  private @Nullable Errno add(Area area, long first, long last) {
    Pages pages = area.pages();
    pages.mutex().lock();
    Errno failure = pages.pinForAccess(first, last);
    if (failure == null) {
      area.pinned(access.isInternal());
    }
    pages.mutex().unlock();
    return failure;
  }

  private void remove(Area area, long first, long last) {
    Pages pages = area.pages();
    pages.mutex().lock();
    pages.unpinForAccess(first, last);
    area.unpinned(access.isInternal());
    pages.mutex().unlock();
  }

  private static long[] with(long[] frames, Pages pages, long first, long last) {
    long[] all = Arrays.copyOf(frames, frames.length + (int) (last - first + 1));
    for (long index = first; index <= last; index++) {
      all[frames.length + (int) (index - first)] = pages.frameAt(index);
    }
    return all;
  }
}
