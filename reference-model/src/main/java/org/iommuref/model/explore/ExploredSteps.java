package org.iommuref.model.explore;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.model.schedule.Choices;
import org.iommuref.model.schedule.HardwareOrder;
import org.iommuref.model.schedule.Machine;
import org.iommuref.model.schedule.MachineOrder;
import org.iommuref.model.schedule.Mutated;
import org.iommuref.model.schedule.Sequential;
import org.iommuref.model.schedule.TracedStep;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.StepMutation;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;
import org.jspecify.annotations.Nullable;

/** The steps of one schedule: sequential before and after the race, interleaved in it. */
final class ExploredSteps implements Steps {

  private final StepMutation mutation;
  private final Sequential sequential;
  private final List<TracedStep> sequentialTrace = new ArrayList<>();
  private final List<Machine> machines = new ArrayList<>();
  private @Nullable Race<?> race;
  private @Nullable StoreBuffers stores;

  ExploredSteps(StepMutation mutation, StepMutation setUpMutation) {
    this.mutation = mutation;
    this.sequential =
        new Sequential(Choices.plain(), HardwareOrder.IN_TURN, setUpMutation, sequentialTrace::add);
  }

  /** What was done sequentially up to now. */
  List<TracedStep> sequentialTrace() {
    return List.copyOf(sequentialTrace);
  }

  List<Machine> machines() {
    return machines;
  }

  MachineOrder machineOrder() {
    return sequential.machineOrder();
  }

  /** Has the writes of the race's threads buffered. */
  void buffer(StoreBuffers buffers) {
    if (stores != null) {
      throw new IllegalStateException("a scenario has one memory with store buffers");
    }
    stores = buffers;
  }

  @Nullable StoreBuffers stores() {
    return stores;
  }

  /** From now on steps are those of {@code begun}; null: sequential again. */
  void race(@Nullable Race<?> begun) {
    race = begun;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    Race<?> running = race;
    if (running == null) {
      sequential.perform(step, body);
      return;
    }
    for (S each : Mutated.steps(mutation, step)) {
      running.arrive(each, null);
      int place = running.beginMove();
      try {
        body.accept(each);
      } finally {
        running.endMove();
      }
      running.performed(place, each, null);
    }
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    Race<?> running = race;
    if (running == null) {
      return sequential.obtain(step, body);
    }
    T yielded = step.ifDropped();
    for (S each : Mutated.steps(mutation, step)) {
      running.arrive(each, null);
      int place = running.beginMove();
      try {
        yielded = body.apply(each);
      } finally {
        running.endMove();
      }
      running.performed(place, each, yielded);
    }
    return yielded;
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    Race<?> running = race;
    if (running == null) {
      sequential.waitFor(step, condition);
      return;
    }
    for (Step each : Mutated.steps(mutation, step)) {
      running.arrive(each, condition);
      int place = running.beginMove();
      boolean holds;
      try {
        holds = condition.getAsBoolean();
      } finally {
        running.endMove();
      }
      if (!holds) {
        throw new IllegalStateException("the condition of " + each + " changes by being asked");
      }
      running.performed(place, each, null);
    }
  }

  @Override
  public void lock(StepLock lock) {
    if (race == null) {
      sequential.lock(lock);
    } else {
      race.lock(lock);
    }
  }

  @Override
  public void lockShared(StepLock lock) {
    if (race == null) {
      sequential.lockShared(lock);
    } else {
      race.lockShared(lock);
    }
  }

  @Override
  public void unlock(StepLock lock) {
    if (race == null) {
      sequential.unlock(lock);
    } else {
      race.unlock(lock);
    }
  }

  @Override
  public void unlockShared(StepLock lock) {
    if (race == null) {
      sequential.unlockShared(lock);
    } else {
      race.unlockShared(lock);
    }
  }

  /** {@inheritDoc} A fence is a move where there are store buffers, and nothing elsewhere. */
  @Override
  public void fence(Step step) {
    Race<?> running = race;
    if (running != null && stores != null) {
      for (Step each : Mutated.steps(mutation, step)) {
        running.fence(each);
      }
    }
  }

  @Override
  public int choose(String label, int n) {
    return race == null ? sequential.choose(label, n) : race.choose(label, n);
  }

  @Override
  public void report(Step event) {
    if (race == null) {
      sequential.report(event);
    } else {
      race.report(event);
    }
  }

  @Override
  public void connect(Hardware hardware) {
    sequential.connect(hardware);
    for (int index = 0; index < hardware.machines(); index++) {
      machines.add(new Machine(hardware, index));
    }
  }
}
