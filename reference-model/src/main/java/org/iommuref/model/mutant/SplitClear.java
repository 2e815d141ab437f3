package org.iommuref.model.mutant;

import java.util.function.Function;
import org.iommuref.model.mock.MockStep;
import org.iommuref.spec.step.Steps;
import org.iommuref.spec.step.YieldingStep;

/** Dirty entries are asked in one step and cleared in another: what comes between is forgotten. */
final class SplitClear extends ForwardingSteps {

  SplitClear(Steps steps) {
    super(steps);
  }

  @Override
  @SuppressWarnings("unchecked") // a step without its flag is of the same class
  public <T, S extends YieldingStep<T>> T obtain(S step, Function<? super S, ? extends T> body) {
    if (!(step instanceof MockStep.ReadDirty read) || !read.clear()) {
      return super.obtain(step, body);
    }
    T found = super.obtain((S) read.keeping(), body);
    var ignored = super.obtain(step, body);
    return found;
  }
}
