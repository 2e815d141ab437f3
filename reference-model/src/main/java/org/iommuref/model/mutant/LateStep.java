package org.iommuref.model.mutant;

import java.util.HashMap;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/**
 * A step comes late: behind the next step of its thread that ends the delay, or behind the next
 * lock that the thread gives back and that does. One that yields something has yielded what it
 * yields where it is left out.
 */
final class LateStep extends ForwardingSteps {

  private final Class<? extends Step> late;
  private final Predicate<Object> end;
  private final Map<Thread, Runnable> waiting = new HashMap<>();

  private LateStep(Steps steps, Class<? extends Step> late, Predicate<Object> end) {
    super(steps);
    this.late = late;
    this.end = end;
  }

  /** Behind the next step of a class. */
  static Steps behind(Steps steps, Class<? extends Step> late, Class<? extends Step> end) {
    return new LateStep(steps, late, end::isInstance);
  }

  /** Behind the next lock of a name that is given back. */
  static Steps behindLock(Steps steps, Class<? extends Step> late, String lock) {
    return new LateStep(steps, late, event -> event.toString().equals(lock));
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    if (late.isInstance(step) && !waiting.containsKey(Thread.currentThread())) {
      waiting.put(Thread.currentThread(), () -> super.perform(step, body));
      return;
    }
    super.perform(step, body);
    passed(step);
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    if (late.isInstance(step) && !waiting.containsKey(Thread.currentThread())) {
      waiting.put(Thread.currentThread(), () -> super.obtain(step, body));
      return step.ifDropped();
    }
    T yielded = super.obtain(step, body);
    passed(step);
    return yielded;
  }

  @Override
  public void waitFor(Step step, BooleanSupplier condition) {
    super.waitFor(step, condition);
    passed(step);
  }

  @Override
  public void unlock(StepLock lock) {
    super.unlock(lock);
    passed(lock);
  }

  @Override
  public void unlockShared(StepLock lock) {
    super.unlockShared(lock);
    passed(lock);
  }

  private void passed(Object event) {
    if (end.test(event)) {
      Runnable step = waiting.remove(Thread.currentThread());
      if (step != null) {
        step.run();
      }
    }
  }
}
