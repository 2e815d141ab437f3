package org.iommuref.model.core;

import java.util.Optional;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.AttachHandle;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One step of the way of a page request to whoever answers it. */
public sealed interface FaultStep extends Step {

  /** The attachment of a group, or of a PASID of it, gets what its user keeps with it. */
  record RecordHandle(GroupId group) implements FaultStep {}

  /** What the user kept with the attachment of a group is forgotten. */
  record ForgetHandle(GroupId group) implements FaultStep {}

  /** What the user keeps with the attachment of a group, or of a PASID of it. */
  record FindHandle(GroupId group) implements FaultStep, YieldingStep<Optional<AttachHandle>> {
    @Override
    public Optional<AttachHandle> ifDropped() {
      return Optional.empty();
    }
  }

  /** The domain that a group, or a PASID of it, is attached to for a user. */
  record FindDomain(GroupId group) implements FaultStep, YieldingStep<Optional<DomainId>> {
    @Override
    public Optional<DomainId> ifDropped() {
      return Optional.empty();
    }
  }

  /** The driver begins to report a page request. */
  record BeginReport(Rid device) implements FaultStep {}

  /** Finds out who deals with the page requests of the device. */
  record FindFaultHandler(Rid device) implements FaultStep, YieldingStep<Optional<FaultTarget>> {
    @Override
    public Optional<FaultTarget> ifDropped() {
      return Optional.empty();
    }
  }

  /** A page request waits for the last one of its group. */
  record KeepPartial(Rid device, int number) implements FaultStep {}

  /** The group of a page request that is its last. */
  record CollectGroup(Rid device, int number)
      implements FaultStep, YieldingStep<Optional<PageFaultGroup>> {
    @Override
    public Optional<PageFaultGroup> ifDropped() {
      return Optional.empty();
    }
  }

  /** The page request has been handed on. */
  record EndReport(Rid device) implements FaultStep {}

  /** Waits until every page request of a device has been handed on. */
  record DrainReports(Rid device) implements FaultStep {}

  /** iopf_group_response. */
  record AnswerGroup(Rid device, int number) implements FaultStep {}
}
