package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.model.schedule.Choices;
import org.iommuref.model.schedule.HardwareOrder;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.model.schedule.StepListener;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.StepMutation;

/**
 * A scenario by {@link Sequential}: one thread after the other, then hardware until it is at rest.
 *
 * <p>The explorer's schedule {@code 0} is to give the same, as long as no thread needs what a later
 * one does.
 *
 * @param <O> the outcome
 * @param ending how it ended; a wait without end is {@link Ending.Thrown}
 * @param setUp the steps and events before the threads, in order
 * @param trace the steps and events of the threads and after, in order
 */
public record SequentialRun<O>(Ending<O> ending, List<TracedStep> setUp, List<TracedStep> trace) {

  /** Copies the lists. */
  public SequentialRun {
    setUp = List.copyOf(setUp);
    trace = List.copyOf(trace);
  }

  /** Runs {@code scenario}; every choice is the plain case. */
  public static <O> SequentialRun<O> of(Scenario<O> scenario, StepMutation mutation) {
    var recorder = new Recorder();
    var steps = new Sequential(Choices.plain(), HardwareOrder.IN_TURN, mutation, recorder);
    Ending<O> ending = recorder.run(scenario, steps);
    return new SequentialRun<>(ending, recorder.setUp, recorder.trace);
  }

  /** Hears the steps and gives them the name of the thread that runs. */
  private static final class Recorder implements StepListener {

    private final List<TracedStep> setUp = new ArrayList<>();
    private final List<TracedStep> trace = new ArrayList<>();
    private List<TracedStep> heard = setUp;
    private String thread = "set-up";

    @Override
    public void performed(TracedStep step) {
      boolean software = step.actor().equals(Sequential.SOFTWARE) && heard == trace;
      heard.add(software ? new TracedStep(thread, step.step(), step.yielded()) : step);
    }

    <O> Ending<O> run(Scenario<O> scenario, Sequential steps) {
      try {
        Prepared<O> prepared = scenario.setUp(steps, Footprint.NONE);
        heard = trace;
        for (SoftwareThread software : prepared.threads()) {
          thread = software.name();
          software.body().run();
        }
        thread = "hardware";
        boolean moving = true;
        while (moving && !prepared.settled()) {
          moving = steps.advance();
        }
        thread = "outcome";
        heard = new ArrayList<>();
        return new Ending.Finished<>(prepared.outcome());
      } catch (RuntimeException | AssertionError thrown) {
        return new Ending.Thrown<>(thread, thrown);
      }
    }
  }
}
