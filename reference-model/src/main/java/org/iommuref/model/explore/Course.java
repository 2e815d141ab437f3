package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * What has happened in one schedule, each move checked, and how it ended early, if it did.
 *
 * @param <O> the outcome
 */
final class Course<O> {

  private final Prepared<O> prepared;
  private final Guard guard;
  private final boolean recording;
  private final List<TracedStep> trace = new ArrayList<>();
  private final List<MoveFootprint> footprints = new ArrayList<>();
  private @Nullable Ending<O> ending;

  Course(Prepared<O> prepared, Guard guard, boolean recording) {
    this.prepared = prepared;
    this.guard = guard;
    this.recording = recording;
  }

  List<TracedStep> trace() {
    return trace;
  }

  List<MoveFootprint> footprints() {
    return footprints;
  }

  @Nullable Ending<O> ending() {
    return ending;
  }

  boolean ended() {
    return ending != null;
  }

  /** Notes how it ended; the first that is noted counts. */
  void end(Ending<O> how) {
    if (ending == null) {
      ending = how;
    }
  }

  /** Puts a step before the events that its body brought about. */
  void add(int place, TracedStep step) {
    trace.add(place, step);
  }

  /** Puts an event at the end of the trace. */
  void add(TracedStep event) {
    trace.add(event);
  }

  /** Has what a move touched and the state that it left checked; a machine makes no step. */
  void moved(String actor, @Nullable Step step) {
    if (recording) {
      footprints.add(new MoveFootprint(actor, step, guard.accesses()));
    }
    try {
      if (step == null) {
        guard.requireOneAccess(actor);
      } else {
        guard.requireOneAccess(step);
      }
    } catch (IllegalStateException tooMany) {
      end(new Ending.Thrown<>(actor, tooMany));
      return;
    }
    guard.beginLook();
    try {
      prepared.check();
    } catch (Throwable violation) {
      end(new Ending.Violated<>(actor, violation));
    } finally {
      guard.endLook();
    }
  }
}
