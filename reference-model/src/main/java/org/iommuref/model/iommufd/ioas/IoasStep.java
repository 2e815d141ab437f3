package org.iommuref.model.iommufd.ioas;

import java.util.List;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the list of page tables of an IOAS, which its id names. */
public sealed interface IoasStep extends Step {

  /** All of them. */
  record ListHwpts(int ioas) implements IoasStep, YieldingStep<List<ObjectBody>> {
    @Override
    public List<ObjectBody> ifDropped() {
      return List.of();
    }
  }

  /** Adds one. */
  record AddHwpt(int ioas) implements IoasStep {}

  /** Removes one. */
  record RemoveHwpt(int ioas) implements IoasStep {}
}
