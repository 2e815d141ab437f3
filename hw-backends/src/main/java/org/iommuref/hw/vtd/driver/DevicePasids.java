package org.iommuref.hw.vtd.driver;

import java.util.Map;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** The domains of PASIDs, of devices in scalable mode. */
final class DevicePasids implements PasidBackend {

  private final Map<Rid, ServedDevice> devices;
  private final VtdDomains domains;
  private final int pasids;

  /** PASIDs run to below {@code pasids}. */
  DevicePasids(Map<Rid, ServedDevice> devices, VtdDomains domains, int pasids) {
    this.devices = devices;
    this.domains = domains;
    this.pasids = pasids;
  }

  @Override
  @Clause({"PASID-001", "PASID-005"})
  public Result<Done> setPasid(Rid device, Pasid pasid, DomainId domain, @Nullable DomainId old) {
    VtdDomain next = domains.find(domain);
    if (!(devices.get(device) instanceof ScalableDevice scalable)) {
      return Result.err(Errno.ENODEV);
    }
    boolean usable = pasid.value() > 0 && pasid.value() < pasids;
    return next == null || !usable ? Result.err(Errno.EINVAL) : scalable.set(pasid.value(), next);
  }

  @Override
  @Clause("PASID-004")
  public void removePasid(Rid device, Pasid pasid, DomainId old) {
    if (devices.get(device) instanceof ScalableDevice scalable) {
      scalable.remove(pasid.value());
    }
  }
}
