package org.iommuref.model.iommufd.pagetable;

import java.util.List;
import org.iommuref.model.iommufd.kernel.Kernel;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.jspecify.annotations.Nullable;

/**
 * Makes areas of slices of pages: places them, fills the domains, publishes them. Linux:
 * iopt_map_pages.
 */
final class AreaMaking {

  private final Kernel kernel;
  private final IoPagetable table;
  private final AreaFill fill;

  AreaMaking(Kernel kernel, IoPagetable table, AreaFill fill) {
    this.kernel = kernel;
    this.table = table;
    this.fill = fill;
  }

  /** Maps slices one behind the other, from the IOVA given or, if null, from one that is free. */
  Result<Long> map(List<PagesSlice> slices, long length, @Nullable Long fixed, Prot prot) {
    for (int index = 0; index < slices.size(); index++) {
      if (kernel.fails("allocation of an area")) {
        return Result.err(Errno.ENOMEM);
      }
    }
    table.iovaRwsem().downWrite();
    Result<Long> placed;
    try {
      placed = place(slices, length, fixed, prot);
    } finally {
      table.iovaRwsem().upWrite();
    }
    if (!placed.isOk()) {
      return placed;
    }
    table.domainsRwsem().downRead();
    try {
      Errno failure = fillAll(slices);
      if (failure != null) {
        return Result.err(failure);
      }
      table.iovaRwsem().downWrite();
      slices.forEach(PagesSlice::handOver); // IOAS-060: not before every domain is filled
      table.iovaRwsem().upWrite();
    } finally {
      table.domainsRwsem().upRead();
    }
    return placed;
  }

  private Result<Long> place(
      List<PagesSlice> slices, long length, @Nullable Long fixed, Prot prot) {
    PagesSlice front = slices.get(0);
    long wish = fixed == null ? 0 : fixed;
    Placement whole = new Placement(table, wish, length, front.startByte(), prot, true);
    Errno refusal = Placement.LENGTH.refusal(kernel, whole);
    if (refusal != null) {
      return Result.err(refusal);
    }
    long iova;
    if (fixed == null) {
      Result<Long> found = table.findFree(front.address(), length);
      if (!found.isOk()) {
        return found;
      }
      iova = found.value();
    } else {
      refusal = Placement.FIXED.refusal(kernel, whole);
      if (refusal != null) {
        return Result.err(refusal);
      }
      iova = fixed;
    }
    refusal = insert(slices, iova, prot);
    return refusal == null ? Result.ok(iova) : Result.err(refusal);
  }

  private @Nullable Errno insert(List<PagesSlice> slices, long iova, Prot prot) {
    long at = iova;
    for (PagesSlice slice : slices) {
      var pages = slice.pages();
      Placement placement =
          new Placement(table, at, slice.length(), slice.startByte(), prot, pages.isWritable());
      Errno refusal = Placement.AREA.refusal(kernel, placement);
      if (refusal != null) {
        return refusal;
      }
      long last = at + slice.length() - 1;
      Area area =
          new Area(table, at, last, slice.startByte(), prot).counting(pages.source().isCounted());
      if (kernel
          .warnings()
          .warnIf(
              Long.compareUnsigned(area.lastIndex(), pages.count()) >= 0,
              "an area is longer than its pages")) {
        return Errno.EOVERFLOW;
      }
      table.areas().insert(area);
      slice.become(area);
      at += slice.length();
    }
    return null;
  }

  private @Nullable Errno fillAll(List<PagesSlice> slices) {
    for (int index = 0; index < slices.size(); index++) {
      PagesSlice slice = slices.get(index);
      Errno failure = fill.fillDomains(slice.area(), slice.pages());
      if (failure != null) {
        for (PagesSlice done : slices.subList(0, index)) {
          fill.unfillDomains(done.area(), done.pages());
        }
        return failure;
      }
    }
    return null;
  }
}
