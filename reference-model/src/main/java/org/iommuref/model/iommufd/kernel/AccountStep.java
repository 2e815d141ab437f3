package org.iommuref.model.iommufd.kernel;

import java.util.Optional;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One change of the counts of pinned pages. */
public sealed interface AccountStep extends Step {

  /** Charges pages. */
  record ChargePages(AccountMode mode, long pages)
      implements AccountStep, YieldingStep<Optional<Errno>> {
    @Override
    public Optional<Errno> ifDropped() {
      return Optional.empty();
    }
  }

  /** Takes a charge back. */
  record DischargePages(AccountMode mode, long pages)
      implements AccountStep, YieldingStep<Optional<Errno>> {
    @Override
    public Optional<Errno> ifDropped() {
      return Optional.empty();
    }
  }
}
