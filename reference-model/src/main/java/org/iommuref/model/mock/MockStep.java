package org.iommuref.model.mock;

import java.util.List;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Result;
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

  /** Finds the entries of a range that are dirty, and clears them if it is to. */
  record ReadDirty(DomainId domain, long iova, long size, boolean clear)
      implements MockStep, YieldingStep<List<Written>> {

    /** The same without clearing them. */
    public ReadDirty keeping() {
      return new ReadDirty(domain, iova, size, false);
    }

    @Override
    public List<Written> ifDropped() {
      return List.of();
    }
  }

  /** Takes the pins of an access that meet a range, to undo them. */
  record TakePins(long iova, long length) implements MockStep, YieldingStep<List<PinnedRange>> {
    @Override
    public List<PinnedRange> ifDropped() {
      return List.of();
    }
  }

  /** What is told of a dirty entry. */
  record Written(long iova, long length) {}

  /** Marks the entry of an address as written, if there is one. */
  record MarkDirty(DomainId domain, long iova) implements MockStep {}

  /** Records writes from now on, or does not. */
  record RecordWrites(DomainId domain, boolean enabled) implements MockStep {}

  /** Whether writes are recorded. */
  record LookAtRecording(DomainId domain) implements MockStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** The physical address of an IOVA, 0 if there is none. */
  record Translate(DomainId domain, long iova) implements MockStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** The page table of a domain is freed. */
  record FreeTable(DomainId domain) implements MockStep {}
}
