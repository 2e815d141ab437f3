package org.iommuref.spec.operation;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.core.IommuCore;
import org.iommuref.spec.errno.Result.Done;

/** Returns a group to its core domain. */
public record CoreDetachGroup(GroupId group, DomainId domain) implements CoreOperation<Done> {

  @Override
  public String op() {
    return "core.detach_group";
  }

  @Override
  public Class<Done> yields() {
    return Done.class;
  }

  @Override
  public Reply<Done> applyTo(IommuCore core) {
    return Reply.of(core.detachGroup(group, domain));
  }
}
