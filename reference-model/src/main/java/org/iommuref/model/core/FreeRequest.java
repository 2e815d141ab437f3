package org.iommuref.model.core;

import java.util.Collection;
import org.iommuref.spec.backend.DomainId;
import org.jspecify.annotations.Nullable;

/**
 * The end of a domain, as its checks see it.
 *
 * @param domain the domain named, or null if there is none of that name
 * @param groups every group
 */
public record FreeRequest(@Nullable DomainId domain, Collection<Group> groups) {

  boolean isAttached() {
    return domain != null && groups.stream().anyMatch(group -> group.uses(domain));
  }
}
