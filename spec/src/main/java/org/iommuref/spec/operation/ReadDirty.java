package org.iommuref.spec.operation;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DirtyTracking;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.errno.Result.Done;

/** Asks what devices have written in a range; what is made clean by it goes to a gather. */
public record ReadDirty(DomainId domain, Iova iova, long size, boolean clear, int gather)
    implements BackendOperation<DirtyRanges> {

  @Override
  public String op() {
    return "dirty.read";
  }

  @Override
  public Class<DirtyRanges> yields() {
    return DirtyRanges.class;
  }

  @Override
  public Reply<DirtyRanges> applyTo(BackendSeam seam) {
    return seam.with(DirtyTracking.class, b -> read(b, seam.gather(gather)));
  }

  private Reply<DirtyRanges> read(DirtyTracking tracking, Gather gathered) {
    List<DirtyRanges.Range> ranges = new ArrayList<>();
    Reply<Done> reply =
        Reply.of(
            tracking.readAndClearDirty(
                domain,
                iova,
                size,
                clear,
                (from, length) -> ranges.add(new DirtyRanges.Range(new Iova(from), length)),
                gathered));
    return reply instanceof Reply.Err<Done> err
        ? new Reply.Err<>(err.errno(), null)
        : new Reply.Ok<>(new DirtyRanges(ranges));
  }
}
