package org.iommuref.model.iommufd.viommu;

import java.util.Optional;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to what a virtual unit, or the virtual side of a device, keeps in common. */
public sealed interface ViommuStep extends Step {

  /** xa_store: from now on a virtual id names a virtual device. */
  record StoreVdevice(long virtualId) implements ViommuStep {}

  /** xa_cmpxchg with nothing. */
  record EraseVdevice(long virtualId) implements ViommuStep {}

  /** The virtual device that a virtual id names. */
  record FindVdevice(long virtualId) implements ViommuStep, YieldingStep<Optional<Vdevice>> {
    @Override
    public Optional<Vdevice> ifDropped() {
      return Optional.empty();
    }
  }

  /** The virtual device that stands for a device. */
  record FindVirtualId(String device) implements ViommuStep, YieldingStep<Optional<Vdevice>> {
    @Override
    public Optional<Vdevice> ifDropped() {
      return Optional.empty();
    }
  }

  /** Puts a queue of events into the list of the unit. */
  record AddQueue(int type) implements ViommuStep {}

  /** Takes a queue of events out of the list of the unit. */
  record RemoveQueue(int type) implements ViommuStep {}

  /** The queue of events of a type. */
  record FindQueue(int type) implements ViommuStep, YieldingStep<Optional<EventSink>> {
    @Override
    public Optional<EventSink> ifDropped() {
      return Optional.empty();
    }
  }

  /** Puts a region into the tree of those that can be mapped. */
  record AddRegion(int pages) implements ViommuStep, YieldingStep<Long> {
    @Override
    public Long ifDropped() {
      return 0L;
    }
  }

  /** Takes a region out of the tree. */
  record RemoveRegion(long offset) implements ViommuStep {}

  /** The region that begins at an offset. */
  record FindRegion(long offset) implements ViommuStep, YieldingStep<Optional<Region>> {
    @Override
    public Optional<Region> ifDropped() {
      return Optional.empty();
    }
  }
}
