package org.iommuref.model.mutant;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;
import org.jspecify.annotations.Nullable;

/** A lock of one name is given back behind a step of one class, and taken anew. */
final class SplitLock extends ForwardingSteps {

  private final String name;
  private final Class<? extends Step> behind;
  private final Map<Thread, StepLock> held = new HashMap<>();

  SplitLock(Steps steps, String name, Class<? extends Step> behind) {
    super(steps);
    this.name = name;
    this.behind = behind;
  }

  @Override
  public <S extends Step> void perform(S step, Consumer<? super S> body) {
    super.perform(step, body);
    split(step);
  }

  @Override
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    T yielded = super.obtain(step, body);
    split(step);
    return yielded;
  }

  @Override
  public void lock(StepLock lock) {
    super.lock(lock);
    if (lock.toString().equals(name)) {
      held.put(Thread.currentThread(), lock);
    }
  }

  @Override
  public void unlock(StepLock lock) {
    super.unlock(lock);
    held.remove(Thread.currentThread(), lock);
  }

  private void split(Step step) {
    @Nullable StepLock lock = held.get(Thread.currentThread());
    if (lock != null && behind.isInstance(step)) {
      super.unlock(lock);
      super.lock(lock);
    }
  }
}
