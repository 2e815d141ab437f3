package org.iommuref.spec.core;

import java.util.List;
import java.util.function.Supplier;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DeviceCapabilities.Cap;
import org.iommuref.spec.backend.DomainGeometry;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.ReservedRegion;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/** What iommufd asks of the driver of one device through the core. */
public interface UserDomains {

  /**
   * Allocates a paging domain for a device; without flags and data any driver can.
   *
   * @return EOPNOTSUPP if the driver has only the simple allocator, or its own error
   */
  Result<Done> allocatePaging(DomainId domain, Rid device, int flags, @Nullable UserData data);

  /**
   * Allocates a nested domain for a device, over a paging domain.
   *
   * @return EOPNOTSUPP if the driver has none, or its own error
   */
  Result<Done> allocateNested(
      DomainId domain, Rid device, DomainId parent, int flags, UserData data);

  /**
   * Notes a nested domain that a virtual unit makes.
   *
   * @param made makes it
   * @return the error of {@code made}
   */
  Result<Done> noteNested(DomainId domain, Supplier<Result<Done>> made);

  /** Whether the driver has nested domains. */
  boolean hasNested();

  /** Whether a paging domain is of the driver that serves the device. */
  boolean isOfDriverOf(Rid device, DomainId parent);

  /** Whether the driver takes flags and data of the user. */
  boolean takesUserData();

  /** What a paging domain can map. */
  DomainGeometry geometry(DomainId domain);

  /** device_iommu_capable. */
  boolean isCapable(Rid device, Cap capability);

  /** PASIDs of the device run from 1 to below this; 0 for none. */
  int maxPasids(Rid device);

  /** iommu_get_resv_regions: in the driver's order. */
  List<ReservedRegion> reservedRegions(Rid device);
}
