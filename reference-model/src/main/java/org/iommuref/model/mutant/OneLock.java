package org.iommuref.model.mutant;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.iommuref.spec.step.StepLock;
import org.iommuref.spec.step.Steps;

/** One lock stands for all of some names; who holds it has all of them. */
final class OneLock extends ForwardingSteps {

  private final Set<String> names;
  private final StepLock one;
  private final Map<Thread, Integer> held = new HashMap<>();

  OneLock(Steps steps, Set<String> names) {
    super(steps);
    this.names = Set.copyOf(names);
    this.one = new StepLock("one lock");
  }

  @Override
  public void lock(StepLock lock) {
    if (!names.contains(lock.toString())) {
      super.lock(lock);
    } else if (held.merge(Thread.currentThread(), 1, Integer::sum) == 1) {
      super.lock(one);
    }
  }

  @Override
  public void unlock(StepLock lock) {
    if (!names.contains(lock.toString())) {
      super.unlock(lock);
    } else if (held.merge(Thread.currentThread(), -1, Integer::sum) == 0) {
      super.unlock(one);
    }
  }
}
