package org.iommuref.model.mock;

import java.util.List;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the state of the mock driver and its test accesses; addresses, sizes in bytes. */
public sealed interface MockStep extends Step {

  /** Maps a range; yields how much. */
  record MapRange(DomainId domain, long iova, long size)
      implements MockStep, YieldingStep<Result<Long>> {
    @Override
    public Result<Long> ifDropped() {
      return Result.ok(size);
    }
  }

  /** Unmaps a range; yields how much. */
  record UnmapRange(DomainId domain, long iova, long size) implements MockStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return size;
    }
  }

  /** Tells which entries of a range are dirty, and clears them if it is to. */
  record ReadDirty(DomainId domain, long iova, long size, boolean clear)
      implements MockStep, YieldingStep<Result<Done>> {
    @Override
    public Result<Done> ifDropped() {
      return Result.done();
    }
  }

  /** Takes the pins of an access that meet a range, to undo them. */
  record TakePins(long iova, long length) implements MockStep, YieldingStep<List<PinnedRange>> {
    @Override
    public List<PinnedRange> ifDropped() {
      return List.of();
    }
  }
}
