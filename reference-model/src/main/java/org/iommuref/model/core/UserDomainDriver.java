package org.iommuref.model.core;

import java.util.List;
import java.util.function.Supplier;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.PagingDomains;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.core.UserDomains;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** What the driver of a core says of itself, with the plain answer where it says nothing. */
final class UserDomainDriver implements UserDomains {

  private final IommuBackend backend;
  private final Domains domains;
  private final @Nullable PagingDomains paging;
  private final @Nullable NestedDomains nested;
  private final @Nullable DeviceCapabilities capabilities;

  UserDomainDriver(IommuBackend backend, Domains domains) {
    this.backend = backend;
    this.domains = domains;
    this.nested = backend.extension(NestedDomains.class).orElse(null);
    this.paging = backend.extension(PagingDomains.class).orElse(null);
    this.capabilities = backend.extension(DeviceCapabilities.class).orElse(null);
  }

  @Override
  public Result<Done> allocatePaging(
      DomainId domain, Rid device, int flags, @Nullable UserData data) {
    if (paging != null) {
      PagingDomains driver = paging;
      return domains.allocate(
          domain, device, () -> driver.allocatePaging(domain, device, flags, data));
    }
    return flags != 0 || data != null
        ? Result.err(Errno.EOPNOTSUPP)
        : domains.allocate(domain, DomainType.PAGING);
  }

  @Override
  public Result<Done> allocateNested(
      DomainId domain, Rid device, DomainId parent, int flags, UserData data) {
    if (nested == null) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    NestedDomains driver = nested;
    return domains.allocateNested(
        domain, () -> driver.allocateNested(domain, device, parent, flags, data));
  }

  @Override
  public Result<Done> noteNested(DomainId domain, Supplier<Result<Done>> made) {
    return domains.allocateNested(domain, made);
  }

  @Override
  public boolean hasNested() {
    return nested != null;
  }

  @Override
  public boolean isOfDriverOf(Rid device, DomainId parent) {
    return nested == null || nested.isOfDriverOf(device, parent);
  }

  @Override
  public boolean takesUserData() {
    return paging != null;
  }

  @Override
  public DomainGeometry geometry(DomainId domain) {
    if (paging != null) {
      return paging.geometry(domain);
    }
    HwInfo info = backend.hwInfo();
    long last = info.addressBits() == Long.SIZE ? -1L : (1L << info.addressBits()) - 1;
    return new DomainGeometry(info.pageSizes(), 0, last, false);
  }

  @Override
  public boolean isCapable(Rid device, Cap capability) {
    return capabilities == null
        ? capability == Cap.CACHE_COHERENCY
        : capabilities.isCapable(device, capability);
  }

  @Override
  public int maxPasids(Rid device) {
    return capabilities == null ? backend.hwInfo().maxPasids() : capabilities.maxPasids(device);
  }

  @Override
  public List<ReservedRegion> reservedRegions(Rid device) {
    return backend.reservedRegions(device);
  }
}
