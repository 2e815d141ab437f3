package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.core.HotPlugCore;
import org.iommuref.spec.core.IommuCore;

/** Plugs in a device that was not there at first, into a group. */
public record CoreAddDevice(Rid device, GroupId group) implements CoreOperation<GroupId> {

  @Override
  public String op() {
    return "core.add_device";
  }

  @Override
  public Class<GroupId> yields() {
    return GroupId.class;
  }

  @Override
  public Reply<GroupId> applyTo(IommuCore core) {
    return core instanceof HotPlugCore plugging
        ? Reply.of(plugging.addDevice(device, group))
        : new Reply.Unsupported<>("no HotPlugCore");
  }
}
