package org.iommuref.hw.testing;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.StepMutation;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/**
 * One thread, every step at once; hardware moves while software waits, and stands still otherwise.
 *
 * <p>Keeps what was performed and reported. Choices come from a seeded generator, or are all 0.
 */
public final class DirectSteps implements Steps {

  private static final int MOVES_BEFORE_HANG = 1_000_000;

  private final StepMutation mutation;
  private final IntUnaryOperator choices;
  private final List<Hardware> hardware = new ArrayList<>();
  private final List<Step> performed = new ArrayList<>();
  private final List<Step> reported = new ArrayList<>();
  private final Set<StepLock> locked = new HashSet<>();

  private DirectSteps(StepMutation mutation, IntUnaryOperator choices) {
    this.mutation = mutation;
    this.choices = choices;
  }

  /** Every choice is the plain case. */
  public static DirectSteps plain() {
    return new DirectSteps(StepMutation.NONE, n -> 0);
  }

  /** The same, with steps exchanged for others. */
  public static DirectSteps mutated(StepMutation mutation) {
    return new DirectSteps(mutation, n -> 0);
  }

  /** Choices of a generator. */
  public static DirectSteps seeded(long seed) {
    Random random = new Random(seed);
    return new DirectSteps(StepMutation.NONE, random::nextInt);
  }

  /** The steps performed since this was called last. */
  public List<Step> takePerformed() {
    List<Step> taken = List.copyOf(performed);
    performed.clear();
    return taken;
  }

  /** The events reported since this was called last. */
  public List<Step> takeReported() {
    List<Step> taken = List.copyOf(reported);
    reported.clear();
    return taken;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    for (S actual : mutated(step)) {
      performed.add(actual);
      body.accept(actual);
    }
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    T result = step.ifDropped();
    for (S actual : mutated(step)) {
      performed.add(actual);
      result = body.apply(actual);
    }
    return result;
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    if (mutated(step).isEmpty()) {
      return;
    }
    int moves = 0;
    while (!condition.getAsBoolean()) {
      if (!move() || ++moves > MOVES_BEFORE_HANG) {
        throw new HangException(step);
      }
    }
    performed.add(step);
  }

  @Override
  public void lock(StepLock lock) {
    if (!locked.add(lock)) {
      throw new IllegalStateException(lock + " is taken twice by the only thread");
    }
  }

  @Override
  public void unlock(StepLock lock) {
    if (!locked.remove(lock)) {
      throw new IllegalStateException(lock + " is not taken");
    }
  }

  /** The drivers have no reader-writer lock: reading is taken as writing. */
  @Override
  public void lockShared(StepLock lock) {
    lock(lock);
  }

  @Override
  public void unlockShared(StepLock lock) {
    unlock(lock);
  }

  @Override
  public int choose(String label, int n) {
    return choices.applyAsInt(n);
  }

  @Override
  public void report(Step event) {
    reported.add(event);
  }

  @Override
  public void connect(Hardware unit) {
    hardware.add(unit);
  }

  /** The last machine that can move does: a queue goes before the requests. */
  private boolean move() {
    for (Hardware unit : hardware) {
      for (int machine = unit.machines() - 1; machine >= 0; machine--) {
        if (unit.enabled(machine)) {
          unit.advance(machine);
          return true;
        }
      }
    }
    return false;
  }

  @SuppressWarnings("unchecked") // a mutation keeps the class of the step, as its contract says
  private <S extends Step> List<S> mutated(S step) {
    return (List<S>) mutation.apply(step);
  }
}
