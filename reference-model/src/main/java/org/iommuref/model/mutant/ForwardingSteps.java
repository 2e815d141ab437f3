package org.iommuref.model.mutant;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.step.Hardware;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/** Steps in the order in which they come. */
abstract class ForwardingSteps implements Steps {

  private final Steps steps;

  ForwardingSteps(Steps steps) {
    this.steps = steps;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    steps.perform(step, body);
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    return steps.obtain(step, body);
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    steps.waitFor(step, condition);
  }

  @Override
  public void lock(StepLock lock) {
    steps.lock(lock);
  }

  @Override
  public void unlock(StepLock lock) {
    steps.unlock(lock);
  }

  @Override
  public void lockShared(StepLock lock) {
    steps.lockShared(lock);
  }

  @Override
  public void unlockShared(StepLock lock) {
    steps.unlockShared(lock);
  }

  @Override
  public int choose(String label, int n) {
    return steps.choose(label, n);
  }

  @Override
  public void report(Step event) {
    steps.report(event);
  }

  @Override
  public void connect(Hardware hardware) {
    steps.connect(hardware);
  }
}
