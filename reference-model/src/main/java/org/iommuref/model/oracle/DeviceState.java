package org.iommuref.model.oracle;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/** What one (RID, optional PASID) is attached to, and was. */
final class DeviceState {

  @Nullable DomainState domain;
  final List<DomainState> former = new ArrayList<>();

  /** The errno with which its next attach will fail, or null. */
  @Nullable Errno failure;

  void moveTo(@Nullable DomainState next) {
    if (domain != null) {
      former.add(domain);
    }
    domain = next;
  }
}
