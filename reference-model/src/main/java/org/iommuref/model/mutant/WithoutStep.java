package org.iommuref.model.mutant;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/** Some steps, waits among them, are left out; those that yield have no effect. */
final class WithoutStep extends ForwardingSteps {

  private final Predicate<Step> left;

  WithoutStep(Steps steps, Predicate<Step> left) {
    super(steps);
    this.left = left;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    if (!left.test(step)) {
      super.perform(step, body);
    }
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    return super.obtain(step, left.test(step) ? S::ifDropped : body);
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    if (!left.test(step)) {
      super.waitFor(step, condition);
    }
  }
}
