package org.iommuref.model.iommufd.pagetable;

import java.util.List;
import java.util.Optional;
import org.iommuref.model.iommufd.pages.Pages;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the areas of a map, or to one of them, which its first IOVA names. */
public sealed interface AreaStep extends Step {

  /** The lowest area that meets a range. */
  record FirstArea(long start, long last) implements AreaStep, YieldingStep<Optional<Area>> {
    @Override
    public Optional<Area> ifDropped() {
      return Optional.empty();
    }
  }

  /** The area that holds an IOVA. */
  record FindArea(long iova) implements AreaStep, YieldingStep<Optional<Area>> {
    @Override
    public Optional<Area> ifDropped() {
      return Optional.empty();
    }
  }

  /** All areas by ascending IOVA. */
  record ListAreas() implements AreaStep, YieldingStep<List<Area>> {
    @Override
    public List<Area> ifDropped() {
      return List.of();
    }
  }

  /** The lowest IOVA that nothing uses where a length fits. */
  record FindHole(long length) implements AreaStep, YieldingStep<Result<Long>> {
    @Override
    public Result<Long> ifDropped() {
      return Result.err(Errno.ENOSPC);
    }
  }

  /** Puts an area into the tree. */
  record InsertArea(long iova, long last) implements AreaStep {}

  /** Takes an area out of the tree. */
  record RemoveArea(long iova, long last) implements AreaStep {}

  /** Reads what others may change of an area. */
  record LookAtArea(long iova) implements AreaStep, YieldingStep<AreaState> {
    @Override
    public AreaState ifDropped() {
      return new AreaState(true, false, 0, 0);
    }
  }

  /** Sets the pages of an area: from now on others may use it. */
  record PublishPages(long iova) implements AreaStep {}

  /** Takes the pages of an area away: from now on nobody else uses it. */
  record WithdrawPages(long iova) implements AreaStep, YieldingStep<Optional<Pages>> {
    @Override
    public Optional<Pages> ifDropped() {
      return Optional.empty();
    }
  }

  /** Refuses new accesses to an area. */
  record CloseArea(long iova) implements AreaStep {}

  /** Counts a pin of an access. */
  record CountPin(long iova, boolean locking) implements AreaStep {}

  /** Counts a pin of an access no more. */
  record UncountPin(long iova, boolean locking) implements AreaStep {}

  /** Reads which domain holds the frames of an area. */
  record LookAtFrames(long iova) implements AreaStep, YieldingStep<Optional<AreaFrames>> {
    @Override
    public Optional<AreaFrames> ifDropped() {
      return Optional.empty();
    }
  }

  /** Notes which domain holds the frames of an area. */
  record StoreFrames(long iova) implements AreaStep {}

  /** Notes that no domain holds the frames of an area. */
  record ForgetFrames(long iova) implements AreaStep {}

  /** kfree. */
  record FreeArea(long iova) implements AreaStep {}
}
