package org.iommuref.model.ideal;

import java.util.HashMap;
import java.util.Map;
import org.iommuref.spec.access.Pasid;
import org.jspecify.annotations.Nullable;

/** A device that is served: where its accesses go, without PASID and under each. */
final class IdealDevice {

  private @Nullable IdealDomain domain;
  private final Map<Pasid, IdealDomain> pasids = new HashMap<>();

  /** Where an access goes; null if it is blocked. No PASID is not PASID 0. */
  @Nullable IdealDomain domainOf(@Nullable Pasid pasid) {
    return pasid == null ? domain : pasids.get(pasid);
  }

  void attach(IdealDomain next) {
    next.attached();
    leave(domain);
    domain = next;
  }

  void setPasid(Pasid pasid, IdealDomain next) {
    next.attached();
    leave(pasids.put(pasid, next));
  }

  void removePasid(Pasid pasid) {
    leave(pasids.remove(pasid));
  }

  void detachAll() {
    leave(domain);
    pasids.values().forEach(IdealDomain::detached);
  }

  private static void leave(@Nullable IdealDomain old) {
    if (old != null) {
      old.detached();
    }
  }
}
