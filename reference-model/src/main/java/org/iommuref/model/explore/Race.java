package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.iommuref.model.schedule.Machine;
import org.iommuref.model.schedule.Schedule;
import org.iommuref.model.schedule.Scheduler;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.jspecify.annotations.Nullable;

/**
 * The explored part of one schedule.
 *
 * <p>There is one permit. Who has it runs, and at its next step decides who goes on: itself, then
 * nothing is handed over; a machine, then it makes the machine's move and decides again; or another
 * thread, then the permit goes there.
 *
 * @param <O> the outcome
 */
final class Race<O> {

  private final Prepared<O> prepared;
  private final List<Machine> machines;
  private final Guard guard;
  private final TouchLog touched;
  private final Decisions decisions;
  private final Crew crew;
  private final int mostMoves;
  private final List<Player> players = new ArrayList<>();
  private final Locks locks = new Locks();
  private final Alternatives alternatives;
  private final Course<O> course;

  private int moves;
  private @Nullable Player current;
  private boolean atRest;

  Race(
      Prepared<O> prepared,
      ExploredSteps steps,
      Guard guard,
      TouchLog touched,
      Scheduler scheduler,
      Crew crew,
      Limits limits) {
    this.prepared = prepared;
    this.machines = new ArrayList<>(steps.machines());
    this.guard = guard;
    this.touched = touched;
    this.decisions = new Decisions(scheduler);
    this.crew = crew;
    this.mostMoves = limits.moves();
    this.course = new Course<>(prepared, guard, limits.recordFootprints());
    prepared.threads().forEach(thread -> players.add(new Player(thread)));
    StoreBuffers stores = steps.stores();
    if (stores != null) {
      guard.buffer(stores);
      machines.addAll(stores.begin(players, this::report));
    }
    this.alternatives = new Alternatives(players, machines, steps.machineOrder(), locks, guard);
  }

  /** Runs the schedule to its end; on return every thread of it has unwound. */
  void run() {
    crew.muster();
    Player first = next();
    boolean permitted = first == null || host(crew.home(), first);
    if (!permitted) {
      crew.await(crew.home());
    }
    for (Player player : players) {
      if (player.worker != null && !player.ended) {
        player.worker.permit(null);
        crew.await(crew.home());
      }
    }
    moveEnded();
  }

  /** Whether nothing more is to happen. */
  boolean over() {
    return atRest || course.ended() || decisions.refused();
  }

  /**
   * Why it ended early; null if everything came to rest.
   *
   * @throws RuntimeException what the scheduler threw, if it could not decide
   */
  @Nullable Ending<O> ending() {
    decisions.requireNotRefused();
    return course.ending();
  }

  Schedule schedule() {
    return decisions.schedule();
  }

  List<TracedStep> trace() {
    return course.trace();
  }

  List<MoveFootprint> footprints() {
    return course.footprints();
  }

  int moves() {
    return moves;
  }

  /** Stops the current thread before {@code step} until its turn comes. */
  void arrive(Step step, @Nullable BooleanSupplier condition) {
    Player me = requireCurrent(step);
    me.arriveAt(step, condition);
    awaitTurn(me);
  }

  /** Takes the lock when it is free and the turn comes. */
  void lock(StepLock lock) {
    Player me = requireCurrent(lock);
    me.arriveAt(lock, false);
    awaitTurn(me);
    touched.touch(lock, 0, true);
    guard.drain(me);
    if (!locks.admits(lock, false)) {
      locks.beginToWait(lock, me);
      awaitTurn(me);
      touched.touch(lock, 0, true);
    }
    locks.take(lock, me);
  }

  /** Takes the lock for reading when no writer holds it or waits, and the turn comes. */
  void lockShared(StepLock lock) {
    Player me = requireCurrent(lock);
    me.arriveAt(lock, true);
    awaitTurn(me);
    touched.touch(lock, 0, false);
    guard.drain(me);
    locks.takeShared(lock, me);
  }

  /**
   * Gives the lock back; a point at which others can go on only if the thread has writes in its
   * store buffer, since nothing else hinders anybody.
   */
  void unlock(StepLock lock) {
    if (!over() && current != null) {
      Player me = drained(lock, current);
      touched.touch(lock, 0, true);
      locks.giveBack(lock, me);
    }
  }

  /** The same of a lock taken for reading. */
  void unlockShared(StepLock lock) {
    if (!over() && current != null) {
      Player me = drained(lock, current);
      touched.touch(lock, 0, false);
      locks.giveBackShared(lock, me);
    }
  }

  private Player drained(StepLock lock, Player me) {
    if (me.stores != null && !me.stores.isEmpty()) {
      arrive(new GiveBackLock(lock), null);
      guard.drain(me);
    }
    return me;
  }

  private Player requireCurrent(Object what) {
    if (over()) {
      throw new AbortSchedule();
    }
    if (guard.moving() || guard.looking()) {
      throw new IllegalStateException(
          what + " comes inside a step, a condition or a machine's move");
    }
    Player me = current;
    if (me == null || me.worker == null || !me.worker.isCurrentThread()) {
      throw new IllegalStateException(what + " comes from a thread that the scenario did not name");
    }
    return me;
  }

  private void awaitTurn(Player me) {
    if (me.justStarted) {
      me.justStarted = false;
      if (canGoOn(me)) {
        return;
      }
    }
    Player next = next();
    if (next != null && next != me) {
      handTo(next);
      if (me.worker != null) {
        crew.await(me.worker);
      }
      current = me;
    }
    if (over()) {
      throw new AbortSchedule();
    }
  }

  private void handTo(Player next) {
    if (next.worker != null) {
      next.worker.permit(null);
    } else {
      Worker worker = crew.takeIdle();
      worker.permit(() -> host(worker, next));
    }
  }

  /**
   * Runs threads from their beginning. Returns whether the worker still has the permit, the race
   * being over.
   */
  private boolean host(Worker worker, Player first) {
    Player me = first;
    while (true) {
      play(me, worker);
      Player next = over() ? null : next();
      if (next != null && next.worker == null) {
        me = next;
        continue;
      }
      Worker heir = next == null || next.worker == null ? crew.home() : next.worker;
      if (heir == worker) {
        return true;
      }
      if (worker != crew.home()) {
        crew.rest(worker);
      }
      heir.permit(null);
      return false;
    }
  }

  private void play(Player me, Worker worker) {
    me.worker = worker;
    me.justStarted = true;
    current = me;
    try {
      me.thread.body().run();
      if (!over()) {
        locks.requireNoneOf(me);
      }
    } catch (AbortSchedule over) {
      // the schedule ended while the thread waited for its turn
    } catch (Throwable thrown) {
      course.end(new Ending.Thrown<>(me.name(), thrown));
    } finally {
      me.ended = true;
    }
  }

  /** Lets machines move until a thread is to go on; null if the schedule is over. */
  private @Nullable Player next() {
    while (!over()) {
      int actor = pick();
      if (actor >= players.size()) {
        course.advance(machines.get(actor - players.size()), touched.isWanted());
      } else if (actor >= 0) {
        return players.get(actor);
      }
    }
    return null;
  }

  private int pick() {
    moveEnded();
    if (!collect()) {
      return -1;
    }
    if (alternatives.count() == 0) {
      course.end(new Ending.Deadlock<>(alternatives.waiting()));
      return -1;
    }
    if (moves == mostMoves) {
      course.end(new Ending.CutOff<>(moves));
      return -1;
    }
    moves++;
    return alternatives.count() == 1 && !touched.isWanted() ? alternatives.take(0) : decide();
  }

  /** Tells the scheduler what the last move touched; what one touches that fails is not known. */
  private void moveEnded() {
    if (course.ended()) {
      touched.touchEverything();
    }
    decisions.touched(touched.end());
  }

  /** Finds out who can go on. Returns false if the schedule is over. */
  private boolean collect() {
    guard.beginLook();
    try {
      alternatives.collect();
      atRest = alternatives.allEnded() && (alternatives.count() == 0 || settled());
    } catch (Throwable thrown) {
      course.end(new Ending.Thrown<>(alternatives.asked(), thrown));
    } finally {
      guard.endLook();
    }
    return !over();
  }

  private boolean settled() {
    return guard.isDrained() && prepared.settled();
  }

  private int decide() {
    int index = decisions.turn(alternatives);
    if (index >= 0) {
      touched.begin();
      return alternatives.take(index);
    }
    if (!decisions.refused()) {
      course.end(new Ending.Repeating<>());
    }
    return -1;
  }

  /** Decides between the {@code n} cases of {@code label}. */
  int choose(String label, int n) {
    if (over()) {
      throw new AbortSchedule();
    }
    if (n < 1 || guard.looking()) {
      throw new IllegalStateException("nothing to choose: " + label + ", " + n + " cases");
    }
    if (n == 1) {
      return 0;
    }
    int choice = decisions.choice(label, n);
    if (choice < 0) {
      throw new AbortSchedule();
    }
    return choice;
  }

  /** Opens shared state to the current thread's step. Returns the step's place in the trace. */
  int beginMove() {
    return course.beginStep(Objects.requireNonNull(current));
  }

  /** Closes shared state again. */
  void endMove() {
    course.endStep();
  }

  /** Puts the step before the events that its body brought about, and has the new state checked. */
  void performed(int place, Step step, @Nullable Object yielded) {
    if (!over()) {
      course.performed(place, Objects.requireNonNull(current), step, yielded);
    }
    if (over()) {
      throw new AbortSchedule();
    }
  }

  /** Puts an event of hardware into the trace. */
  void report(Step event) {
    if (!over()) {
      course.report(current, event);
    }
  }

  /** Brings what the current thread has written into memory, when its turn comes. */
  void fence(Step step) {
    arrive(step, null);
    Player me = Objects.requireNonNull(current);
    int place = beginMove();
    guard.drainAsStep(me);
    endMove();
    performed(place, step, null);
  }

  /** Whether a thread that has just been started goes on at once. */
  private boolean canGoOn(Player me) {
    if (me.wanted != null) {
      touched.touch(me.wanted, 0, false);
    }
    guard.beginLookOfMove();
    try {
      return alternatives.canGoOn(me);
    } finally {
      guard.endLook();
    }
  }
}
