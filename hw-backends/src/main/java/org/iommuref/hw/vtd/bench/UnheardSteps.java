package org.iommuref.hw.vtd.bench;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.step.HangException;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/**
 * Steps of one thread that nobody schedules and nobody hears of; every choice is the plain case.
 */
final class UnheardSteps implements Steps {

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    body.accept(step);
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    return body.apply(step);
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    if (!condition.getAsBoolean()) {
      throw new HangException(step);
    }
  }

  @Override
  public void lock(StepLock lock) {}

  @Override
  public void unlock(StepLock lock) {}

  @Override
  public void lockShared(StepLock lock) {}

  @Override
  public void unlockShared(StepLock lock) {}

  @Override
  public int choose(String label, int n) {
    return 0;
  }

  @Override
  public void report(Step event) {}

  @Override
  public boolean isHeard() {
    return false;
  }

  @Override
  public void connect(Hardware hardware) {}
}
