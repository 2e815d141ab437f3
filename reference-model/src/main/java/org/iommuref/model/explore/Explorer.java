package org.iommuref.model.explore;

import java.util.List;
import java.util.function.Predicate;
import org.iommuref.model.schedule.ReplayScheduler;
import org.iommuref.model.schedule.Scheduler;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.StepMutation;

/**
 * Runs a scenario again and again, each time with another interleaving of its threads and machines.
 *
 * <p>Nothing is kept from one schedule to the next but real threads. A schedule is cut off after
 * 10,000 moves unless {@link #cutOffAfter} says otherwise. An explorer is immutable; several may
 * run at once.
 *
 * @param <O> the outcome
 */
public final class Explorer<O> {

  private final Scenario<O> scenario;
  private final StepMutation mutation;
  private final StepMutation setUpMutation;
  private final Limits limits;

  private Explorer(
      Scenario<O> scenario, StepMutation mutation, StepMutation setUpMutation, Limits limits) {
    this.scenario = scenario;
    this.mutation = mutation;
    this.setUpMutation = setUpMutation;
    this.limits = limits;
  }

  /** An explorer of {@code scenario} as it is. */
  public static <O> Explorer<O> of(Scenario<O> scenario) {
    return new Explorer<>(scenario, StepMutation.NONE, StepMutation.NONE, Limits.DEFAULT);
  }

  /** The same with every step mutated, those of set-up and outcome too. */
  public Explorer<O> mutated(StepMutation by) {
    return new Explorer<>(scenario, by, by, limits);
  }

  /** The same with every step of the race mutated; set-up and outcome are as they are. */
  public Explorer<O> mutatedInRace(StepMutation by) {
    return new Explorer<>(scenario, by, StepMutation.NONE, limits);
  }

  /** The same with schedules cut off after {@code moves} moves of threads and machines. */
  public Explorer<O> cutOffAfter(int moves) {
    return new Explorer<>(
        scenario,
        mutation,
        setUpMutation,
        new Limits(moves, limits.oneAccess(), limits.recordFootprints()));
  }

  /**
   * The same, failing when a step makes more than one access to shared state, or a machine's move
   * more than one access to memory.
   */
  public Explorer<O> oneAccessPerStep() {
    return new Explorer<>(
        scenario,
        mutation,
        setUpMutation,
        new Limits(limits.moves(), true, limits.recordFootprints()));
  }

  /** The same, telling what each move touched. */
  public Explorer<O> recordingFootprints() {
    return new Explorer<>(
        scenario, mutation, setUpMutation, new Limits(limits.moves(), limits.oneAccess(), true));
  }

  /** Runs at most {@code most} schedules of {@code scheduler}. */
  public Exploration<O> explore(Scheduler scheduler, long most) {
    return explore(scheduler, most, execution -> true);
  }

  /**
   * Runs at most {@code most} schedules of {@code scheduler}, as long as {@code goOn} holds of each
   * execution; {@code goOn} is where traces are collected.
   *
   * @throws RuntimeException what the scheduler throws when it cannot decide
   */
  public Exploration<O> explore(
      Scheduler scheduler, long most, Predicate<? super Execution<O>> goOn) {
    var tally = new Tally<O>();
    try (var crew = new Crew()) {
      boolean going = true;
      while (going && scheduler.begin()) {
        if (tally.schedules() == most) {
          break;
        }
        Execution<O> execution = once(scheduler, crew);
        tally.add(execution);
        going = goOn.test(execution);
      }
    }
    return tally.exploration(scheduler);
  }

  /**
   * Runs one schedule again.
   *
   * @throws IllegalArgumentException if {@code schedule} is not one, or not one of this scenario
   */
  public Execution<O> replay(String schedule) {
    var scheduler = new ReplayScheduler(schedule);
    scheduler.begin();
    try (var crew = new Crew()) {
      return once(scheduler, crew);
    }
  }

  private Execution<O> once(Scheduler scheduler, Crew crew) {
    var touched = new TouchLog(scheduler.watches());
    var guard = new Guard(limits.oneAccess(), limits.recordFootprints(), touched);
    var steps = new ExploredSteps(mutation, setUpMutation);
    Prepared<O> prepared;
    Race<O> race;
    try {
      prepared = scenario.setUp(steps, guard);
      race = new Race<>(prepared, steps, guard, touched, scheduler, crew, limits);
    } catch (RuntimeException | AssertionError thrown) {
      return Execution.ofSetUp(new Ending.Thrown<>("set-up", thrown), steps.sequentialTrace());
    }
    List<TracedStep> setUp = steps.sequentialTrace();
    guard.close();
    steps.race(race);
    race.run();
    steps.race(null);
    guard.open();
    Ending<O> early = race.ending();
    Ending<O> ending = early == null ? outcome(prepared) : early;
    return new Execution<>(
        ending, race.schedule(), setUp, race.trace(), race.moves(), race.footprints());
  }

  private static <O> Ending<O> outcome(Prepared<O> prepared) {
    try {
      return new Ending.Finished<>(prepared.outcome());
    } catch (RuntimeException | AssertionError thrown) {
      return new Ending.Thrown<>("outcome", thrown);
    }
  }
}
