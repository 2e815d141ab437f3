package org.iommuref.conformance.scenario;

import java.util.Optional;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to the table of descriptors that the threads of a process share. */
sealed interface DescriptorStep extends Step {

  /** The file of a descriptor. */
  record LookUp(int descriptor) implements DescriptorStep, YieldingStep<Optional<FileId>> {
    @Override
    public Optional<FileId> ifDropped() {
      return Optional.empty();
    }
  }

  /** Takes a descriptor away; whether there was one. */
  record Withdraw(int descriptor) implements DescriptorStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }
}
