package org.iommuref.model.schedule;

import java.util.List;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepMutation;

/** What a mutation leaves of a step. */
public final class Mutated {

  private Mutated() {}

  /**
   * The steps performed in place of {@code step}, all of its class.
   *
   * @throws IllegalArgumentException if the mutation gives a step of another class
   */
  public static <S extends Step> List<S> steps(StepMutation mutation, S step) {
    List<? extends Step> instead = mutation.apply(step);
    for (Step other : instead) {
      if (other.getClass() != step.getClass()) {
        throw new IllegalArgumentException(
            "a mutation turns " + step + " into " + other + ", which its body cannot perform");
      }
    }
    @SuppressWarnings("unchecked") // each element has just been seen to have the class of step
    var same = (List<S>) instead;
    return same;
  }
}
