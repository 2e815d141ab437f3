package org.iommuref.model.mutant;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/**
 * Each step of one class is another one of the class.
 *
 * @param <C> the class
 */
final class OtherStep<C extends Step> extends ForwardingSteps {

  private final Class<C> kind;
  private final UnaryOperator<C> other;

  OtherStep(Steps steps, Class<C> kind, UnaryOperator<C> other) {
    super(steps);
    this.kind = kind;
    this.other = other;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    super.perform(changed(step), body);
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    return super.obtain(changed(step), body);
  }

  @SuppressWarnings("unchecked") // the other step is of the same class
  private <S extends Step> S changed(S step) {
    return kind.isInstance(step) ? (S) other.apply(kind.cast(step)) : step;
  }
}
