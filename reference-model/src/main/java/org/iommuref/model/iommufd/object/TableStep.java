package org.iommuref.model.iommufd.object;

import java.util.Optional;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the table of objects. */
public sealed interface TableStep extends Step {

  /** xa_alloc: takes the lowest free id. */
  record ReserveId() implements TableStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** xas_store of an object: from now on the id names it. */
  record StoreObject(int id) implements TableStep {}

  /** xa_load. */
  record LoadObject(int id) implements TableStep, YieldingStep<Optional<IommufdObject>> {
    @Override
    public Optional<IommufdObject> ifDropped() {
      return Optional.empty();
    }
  }

  /** xas_store of nothing, or of what keeps the id from being given again. */
  record EraseObject(int id, boolean tombstone) implements TableStep {}

  /** The first object whose id is greater. */
  record NextObject(int after) implements TableStep, YieldingStep<Optional<IommufdObject>> {
    @Override
    public Optional<IommufdObject> ifDropped() {
      return Optional.empty();
    }
  }

  /** Whether no id is taken. */
  record LookWhetherEmpty() implements TableStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return true;
    }
  }
}
