package org.iommuref.model.iommufd.device;

import java.util.Optional;
import org.iommuref.model.iommufd.object.ObjectBody;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.YieldingStep;

/** One access to what a device, its group, or the groups of a context keep in common. */
public sealed interface DeviceStep extends Step {

  /** Reads the virtual device that stands for a device. */
  record ReadVdevice(int device) implements DeviceStep, YieldingStep<Optional<ObjectBody>> {
    @Override
    public Optional<ObjectBody> ifDropped() {
      return Optional.empty();
    }
  }

  /** Sets or clears the virtual device that stands for a device. */
  record SetVdevice(int device, boolean stands) implements DeviceStep {}

  /** From now on a device takes no virtual device. */
  record MarkDestroying(int device) implements DeviceStep {}

  /** Whether a device takes no virtual device any more. */
  record ReadDestroying(int device) implements DeviceStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }

  /** Reads what is attached to a group. */
  record LookAtAttachments(GroupId group) implements DeviceStep, YieldingStep<Integer> {
    @Override
    public Integer ifDropped() {
      return 0;
    }
  }

  /** Notes a page table that is attached to a group. */
  record RecordAttach(GroupId group, int pasid) implements DeviceStep {}

  /** Notes that none is. */
  record ForgetAttach(GroupId group, int pasid) implements DeviceStep {}

  /** Finds the record of a group and takes a reference, or makes one. */
  record GetGroup(GroupId group) implements DeviceStep, YieldingStep<Optional<IommufdGroup>> {
    @Override
    public Optional<IommufdGroup> ifDropped() {
      return Optional.empty();
    }
  }

  /** Publishes the record of a group. */
  record AddGroup(GroupId group) implements DeviceStep {}

  /** Looks for the address of a doorbell in a window. */
  record FindDoorbell(long window, long page)
      implements DeviceStep, YieldingStep<Optional<SwMsiMap>> {
    @Override
    public Optional<SwMsiMap> ifDropped() {
      return Optional.empty();
    }
  }

  /** Gives a doorbell an address in a window. */
  record AddDoorbell(long window, long page) implements DeviceStep {}

  /** Notes that a group uses a doorbell. */
  record RequireDoorbell(GroupId group, int id) implements DeviceStep {}

  /** Drops a reference to the record of a group; with the last it goes. */
  record PutGroup(GroupId group) implements DeviceStep, YieldingStep<Boolean> {
    @Override
    public Boolean ifDropped() {
      return false;
    }
  }
}
