package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.schedule.Machine;
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
  private @Nullable Machine moving;
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

  /** Opens shared state to a thread's step. Returns the step's place in the trace. */
  int beginStep(Player player) {
    guard.beginMove();
    guard.accessedBy(player);
    return trace.size();
  }

  /** Closes shared state again. */
  void endStep() {
    guard.accessedBy(null);
    guard.endMove();
  }

  /** Puts a thread's step before the events that its body brought about, and has all checked. */
  void performed(int place, Player player, Step step, @Nullable Object yielded) {
    trace.add(place, new TracedStep(player.name(), step, yielded));
    moved(player.name(), step);
  }

  /** Puts an event into the trace: of the machine that moves, else of {@code player}. */
  void report(@Nullable Player player, Step event) {
    String software = player == null ? "nobody" : player.name();
    trace.add(new TracedStep(moving == null ? software : moving.name(), event));
  }

  /** Lets a machine move; what decides whether it can belongs to the move. */
  void advance(Machine machine, boolean watched) {
    moving = machine;
    try {
      if (watched) {
        guard.beginLookOfMove();
        machine.enabled();
      }
      guard.beginMove();
      machine.advance();
    } catch (Throwable thrown) {
      end(new Ending.Thrown<>(machine.name(), thrown));
    } finally {
      guard.endMove();
      moving = null;
    }
    if (!ended()) {
      moved(machine.name(), null);
    }
  }

  /** Has what a move touched and the state that it left checked; a machine makes no step. */
  private void moved(String actor, @Nullable Step step) {
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
