package org.iommuref.model.iommufd.eventq;

import java.util.List;
import java.util.Optional;
import org.iommuref.model.core.PageFaultGroup;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to a queue of events or page requests, which its id names. */
public sealed interface EventStep extends Step {

  /** list_add_tail to what waits to be read. */
  record AddEvent(int queue) implements EventStep {}

  /** Takes the first group that waits to be read. */
  record TakeFirst(int queue) implements EventStep, YieldingStep<Optional<PageFaultGroup>> {
    @Override
    public Optional<PageFaultGroup> ifDropped() {
      return Optional.empty();
    }
  }

  /** The first event that waits to be read, which stays. */
  record LookAtFirst(int queue) implements EventStep, YieldingStep<Optional<Vevent>> {
    @Override
    public Optional<Vevent> ifDropped() {
      return Optional.empty();
    }
  }

  /** list_del of an event that waits to be read. */
  record Unlink(int queue, int sequence) implements EventStep {}

  /** list_add to the head of what waits to be read. */
  record PutBack(int queue) implements EventStep {}

  /** Takes every group of an attachment from what waits to be read. */
  record TakeGroups(int queue) implements EventStep, YieldingStep<List<PageFaultGroup>> {
    @Override
    public List<PageFaultGroup> ifDropped() {
      return List.of();
    }
  }

  /** xa_alloc: a group waits for an answer under the lowest cookie that is free. */
  record AllocateCookie(int queue) implements EventStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** xa_erase of a cookie. */
  record EraseCookie(int queue, int cookie)
      implements EventStep, YieldingStep<Optional<PageFaultGroup>> {
    @Override
    public Optional<PageFaultGroup> ifDropped() {
      return Optional.empty();
    }
  }

  /** The first group that waits for an answer under a greater cookie. */
  record NextCookie(int queue, int after) implements EventStep, YieldingStep<Optional<Cookie>> {
    @Override
    public Optional<Cookie> ifDropped() {
      return Optional.empty();
    }
  }

  /** A group that waits for an answer, and the number by which the user names it. */
  record Cookie(int number, PageFaultGroup group) {}

  /** Reads how many events wait. */
  record ReadCount(int queue) implements EventStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** Writes how many events wait. */
  record WriteCount(int queue, int count) implements EventStep {}

  /** Whether something waits to be read. */
  record LookForEvents(int queue) implements EventStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }
}
