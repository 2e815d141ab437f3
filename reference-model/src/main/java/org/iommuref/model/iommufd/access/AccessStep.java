package org.iommuref.model.iommufd.access;

import java.util.Optional;
import org.iommuref.model.iommufd.ioas.Ioas;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One look at, or change of, where an access is attached; its id names it. */
public sealed interface AccessStep extends Step {

  /** Reads where it pins. */
  record ReadIoas(int id) implements AccessStep, YieldingStep<Optional<Ioas>> {
    @Override
    public Optional<Ioas> ifDropped() {
      return Optional.empty();
    }
  }

  /** Reads where it unpins. */
  record ReadIoasToUnpin(int id) implements AccessStep, YieldingStep<Optional<Ioas>> {
    @Override
    public Optional<Ioas> ifDropped() {
      return Optional.empty();
    }
  }

  /** Closes it to new pins. */
  record StopPins(int id) implements AccessStep {}

  /** Sets where it pins. */
  record SetIoas(int id) implements AccessStep {}

  /** Sets where it unpins. */
  record SetIoasToUnpin(int id) implements AccessStep {}
}
