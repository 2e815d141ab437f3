package org.iommuref.model.iommufd.shared;

import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/**
 * State that calls reach on several threads at once: each access is one step, and there is no other
 * way to it.
 *
 * <p>It belongs to something with a {@link Lifetime}; an access after its end is a {@link
 * UseAfterFreeException}.
 */
public final class Shared {

  private final Steps steps;
  private final Footprint footprint;
  private final Lifetime lifetime;

  /** State of something that exists. */
  public Shared(Steps steps, Footprint footprint, Lifetime lifetime) {
    this.steps = steps;
    this.footprint = footprint;
    this.lifetime = lifetime;
  }

  /** A step that reads and changes nothing. */
  public <T, S extends YieldingStep<T>> T look(S step, Function<? super S, ? extends T> body) {
    return steps.obtain(
        step,
        each -> {
          lifetime.require(each);
          footprint.read(this, 0);
          return body.apply(each);
        });
  }

  /** A step that changes something and yields what it has found. */
  public <T, S extends YieldingStep<T>> T take(S step, Function<? super S, ? extends T> body) {
    return steps.obtain(
        step,
        each -> {
          touch(each);
          return body.apply(each);
        });
  }

  /** A step that changes something. */
  public <S extends Step> void change(S step, Consumer<? super S> body) {
    steps.perform(
        step,
        each -> {
          touch(each);
          body.accept(each);
        });
  }

  /** A read in a step that somebody else makes, or by whoever looks on. */
  public void read() {
    footprint.read(this, 0);
  }

  /** Waits until something holds of it. */
  public void await(Step step, BooleanSupplier condition) {
    steps.waitFor(
        step,
        () -> {
          lifetime.require(step);
          footprint.read(this, 0);
          return condition.getAsBoolean();
        });
  }

  /** The step with which it ends. */
  public void free(Step step) {
    change(step, each -> lifetime.end());
  }

  private void touch(Step step) {
    lifetime.require(step);
    footprint.write(this, 0);
  }
}
