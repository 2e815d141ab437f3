package org.iommuref.model.mutant;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/** Steps of one class, waits among them, are left out; those that yield have no effect. */
final class WithoutStep extends ForwardingSteps {

  private final Class<? extends Step> left;

  WithoutStep(Steps steps, Class<? extends Step> left) {
    super(steps);
    this.left = left;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    if (!left.isInstance(step)) {
      super.perform(step, body);
    }
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    return super.obtain(step, left.isInstance(step) ? S::ifDropped : body);
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    if (!left.isInstance(step)) {
      super.waitFor(step, condition);
    }
  }
}
