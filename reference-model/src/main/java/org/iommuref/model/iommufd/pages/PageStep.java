package org.iommuref.model.iommufd.pages;

import java.util.List;
import java.util.Optional;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to pages that areas share; indexes count pages. */
public sealed interface PageStep extends Step {

  /** Pins what of a range is not pinned. */
  record LoadPages(long first, long last) implements PageStep, YieldingStep<Optional<Errno>> {
    @Override
    public Optional<Errno> ifDropped() {
      return Optional.empty();
    }
  }

  /** Reads the frames of a range that is pinned. */
  record ReadFrames(long first, long last) implements PageStep, YieldingStep<List<FrameRun>> {
    @Override
    public List<FrameRun> ifDropped() {
      return List.of();
    }
  }

  /** Notes that a domain or an access needs a range. */
  record NeedPages(long first, long last) implements PageStep {}

  /** Takes a range out of the index of those that are needed, to put its parts in. */
  record TakeRangeOut(long first, long last) implements PageStep {}

  /** Notes that it does not any more. */
  record ForgetNeed(long first, long last) implements PageStep {}

  /** Unpins what of a range nobody needs. */
  record DropUnneeded(long first, long last) implements PageStep {}

  /** How many pages are pinned and not charged; below 0 if too many are charged. */
  record LookUncharged() implements PageStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Notes that so many more pages are charged. */
  record NoteCharge(long pages) implements PageStep {}

  /** Counts one more user of a range that accesses share; false if there is none. */
  record JoinAccess(long first, long last) implements PageStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }

  /** Notes the first user of a range that accesses may share. */
  record BeginAccess(long first, long last) implements PageStep {}

  /** Counts one user less; yields the range with the last. */
  record LeaveAccess(long first, long last) implements PageStep, YieldingStep<Optional<PageRange>> {
    @Override
    public Optional<PageRange> ifDropped() {
      return Optional.empty();
    }
  }

  /** kref_get. */
  record GetPages() implements PageStep {}

  /** kref_put; true for the last. */
  record PutPages() implements PageStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** kfree. */
  record FreePages() implements PageStep {}
}
