package org.iommuref.model.iommufd.access;

import java.util.Arrays;
import java.util.List;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.model.iommufd.pages.FrameRun;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.model.iommufd.pagetable.Area;
import org.iommuref.model.iommufd.pagetable.ContiguousAreas;
import org.iommuref.model.iommufd.pagetable.IoPagetable;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;

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
          Result<List<FrameRun>> added = add(area, first, last);
          failure = added.errno();
          frames = failure == null ? with(frames, added.value()) : frames;
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

  private Result<List<FrameRun>> add(Area area, long first, long last) {
    Pages pages = area.pages();
    pages.mutex().lock();
    try {
      Errno failure = pages.pinForAccess(first, last);
      if (failure != null) {
        return Result.err(failure);
      }
      area.pinned(access.isInternal());
      return Result.ok(pages.runs(first, last));
    } finally {
      pages.mutex().unlock();
    }
  }

  private void remove(Area area, long first, long last) {
    Pages pages = area.pages();
    pages.mutex().lock();
    pages.unpinForAccess(first, last);
    area.unpinned(access.isInternal());
    pages.mutex().unlock();
  }

  private static long[] with(long[] frames, List<FrameRun> runs) {
    long[] all = frames;
    for (FrameRun run : runs) {
      int before = all.length;
      all = Arrays.copyOf(all, before + (int) run.count());
      for (int index = 0; index < run.count(); index++) {
        all[before + index] = run.frame() + index;
      }
    }
    return all;
  }
}
