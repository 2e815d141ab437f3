package org.iommuref.model.schedule;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.StepMutation;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;
import org.jspecify.annotations.Nullable;

/**
 * Steps that are performed at once, by one thread; hardware moves only while software waits.
 *
 * <p>A wait that nothing can end is a {@link HangException}: no machine can move, or 100,000 moves
 * did not bring it about. Not for use by more than one thread.
 */
public final class Sequential implements Steps {

  /** The name of the only thread in a trace. */
  public static final String SOFTWARE = "software";

  /** The actor of an event that is reported while no machine moves by order of this scheduler. */
  public static final String HARDWARE = "hardware";

  private static final String ITSELF = "the only thread itself";

  private static final int MOST_MOVES = 100_000;

  private final Choices choices;
  private final HardwareOrder order;
  private final StepMutation mutation;
  private final @Nullable StepListener listener;
  private final boolean plain;
  private final List<Machine> machines = new ArrayList<>();
  private final MachineOrder turn = new MachineOrder();
  private final List<StepLock> held = new ArrayList<>();
  private final List<StepLock> heldShared = new ArrayList<>();
  private final List<TracedStep> inBody = new ArrayList<>();
  private boolean performing;
  private @Nullable Machine moving;

  /**
   * A run from its beginning.
   *
   * @param choices what comes out of {@link #choose}
   * @param order of the machines while software waits
   * @param mutation applied to each step
   * @param listener hears of everything, or null
   */
  public Sequential(
      Choices choices,
      HardwareOrder order,
      StepMutation mutation,
      @Nullable StepListener listener) {
    this.choices = choices;
    this.order = order;
    this.mutation = mutation;
    this.listener = listener;
    this.plain = mutation == StepMutation.NONE && listener == null;
  }

  /** Choices from a generator, no mutation. */
  public static Sequential seeded(long seed) {
    return with(StepMutation.NONE, seed);
  }

  /** Choices from a generator, each step mutated. */
  public static Sequential with(StepMutation mutation, long seed) {
    return new Sequential(Choices.seeded(seed), HardwareOrder.IN_TURN, mutation, null);
  }

  /** Every choice is the plain case. */
  public static Sequential plain() {
    return new Sequential(Choices.plain(), HardwareOrder.IN_TURN, StepMutation.NONE, null);
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    if (plain) {
      body.accept(step);
      return;
    }
    for (S each : Mutated.steps(mutation, step)) {
      performing = true;
      try {
        body.accept(each);
      } finally {
        performing = false;
      }
      tellWithEvents(new TracedStep(SOFTWARE, each));
    }
  }

  /** {@inheritDoc} Of a step that a mutation duplicates, the last yield counts. */
  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    if (plain) {
      return body.apply(step);
    }
    T yielded = step.ifDropped();
    for (S each : Mutated.steps(mutation, step)) {
      performing = true;
      try {
        yielded = body.apply(each);
      } finally {
        performing = false;
      }
      tellWithEvents(new TracedStep(SOFTWARE, each, yielded));
    }
    return yielded;
  }

  /** {@inheritDoc} A mutation can drop the wait; the condition stays what it is. */
  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    if (plain) {
      waitUntil(step, condition);
      return;
    }
    for (Step each : Mutated.steps(mutation, step)) {
      waitUntil(each, condition);
      tell(new TracedStep(SOFTWARE, each));
    }
  }

  private void waitUntil(Step step, BooleanSupplier condition) {
    for (int moves = 0; !condition.getAsBoolean(); moves++) {
      if (moves == MOST_MOVES || !advance()) {
        throw new HangException(step);
      }
    }
  }

  /** {@inheritDoc} A lock that the only thread already holds is a {@link HangException}. */
  @Override
  public void lock(StepLock lock) {
    if (held.contains(lock) || heldShared.contains(lock)) {
      throw new HangException(new TakeLock(lock, ITSELF));
    }
    held.add(lock);
  }

  @Override
  public void unlock(StepLock lock) {
    if (!held.remove(lock)) {
      throw new IllegalStateException("lock " + lock + " is given back but not held");
    }
  }

  /** {@inheritDoc} Nobody waits to write, so the only thread may read more than once. */
  @Override
  public void lockShared(StepLock lock) {
    if (held.contains(lock)) {
      throw new HangException(new TakeShared(lock, "held by " + ITSELF));
    }
    heldShared.add(lock);
  }

  @Override
  public void unlockShared(StepLock lock) {
    if (!heldShared.remove(lock)) {
      throw new IllegalStateException("lock " + lock + " is given back but not held for reading");
    }
  }

  @Override
  public int choose(String label, int n) {
    int choice = choices.choose(label, n);
    if (listener != null) {
      listener.chosen(label, n, choice);
    }
    return choice;
  }

  @Override
  public void report(Step event) {
    if (listener == null) {
      return;
    }
    var traced = new TracedStep(moving == null ? HARDWARE : moving.name(), event);
    if (performing) {
      inBody.add(traced);
    } else {
      listener.performed(traced);
    }
  }

  @Override
  public void connect(Hardware hardware) {
    for (int index = 0; index < hardware.machines(); index++) {
      machines.add(new Machine(hardware, index));
    }
  }

  /** Lets one machine make one move. Returns false if none can move. */
  public boolean advance() {
    int next = order == HardwareOrder.IN_TURN ? inTurn() : chosen();
    if (next < 0) {
      return false;
    }
    turn.moved(next);
    Machine machine = machines.get(next);
    moving = machine;
    try {
      machine.advance();
    } finally {
      moving = null;
    }
    return true;
  }

  /** The order of the machines, to go on with where this run has ended. */
  public MachineOrder machineOrder() {
    return turn;
  }

  private int inTurn() {
    return turn.next(machines.size(), machine -> machines.get(machine).enabled());
  }

  private int chosen() {
    var enabled = new ArrayList<Integer>();
    for (int machine = 0; machine < machines.size(); machine++) {
      if (machines.get(machine).enabled()) {
        enabled.add(machine);
      }
    }
    return enabled.isEmpty() ? -1 : enabled.get(choose("machine", enabled.size()));
  }

  private void tellWithEvents(TracedStep step) {
    tell(step);
    if (!inBody.isEmpty()) {
      inBody.forEach(this::tell);
      inBody.clear();
    }
  }

  private void tell(TracedStep step) {
    if (listener != null) {
      listener.performed(step);
    }
  }
}
