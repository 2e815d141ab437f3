package org.iommuref.spec.operation;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.core.IommuCore;

/** Asks for the group of a device. */
public record CoreGroupOf(Rid device) implements CoreOperation<GroupId> {

  @Override
  public String op() {
    return "core.group";
  }

  @Override
  public Class<GroupId> yields() {
    return GroupId.class;
  }

  @Override
  public Reply<GroupId> applyTo(IommuCore core) {
    return Reply.of(core.groupOf(device));
  }
}
