package org.iommuref.model.ideal;

import java.util.Map;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.CacheCoherency;
import org.iommuref.spec.backend.DeferredAttach;
import org.iommuref.spec.backend.DeviceCapabilities;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.EndingTables;
import org.iommuref.spec.backend.NestedDomains;
import org.iommuref.spec.backend.SeveralDrivers;
import org.iommuref.spec.backend.UserData;
import org.iommuref.spec.backend.UserDataArray;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.spi.DeviceTraits;
import org.iommuref.spec.spi.DeviceTraits.Feature;
import org.iommuref.spec.spi.Topology;

/**
 * What sets single devices apart, as the topology says.
 *
 * @param topology the devices
 * @param domains those of the backend
 */
record IdealTraits(Topology topology, Map<DomainId, IdealDomain> domains)
    implements DeviceCapabilities,
        CacheCoherency,
        EndingTables,
        NestedDomains,
        DeferredAttach,
        SeveralDrivers {

  @Override
  public boolean isCapable(Rid device, Cap capability) {
    return switch (capability) {
      case CACHE_COHERENCY -> !traits(device).has(Feature.INCOHERENT);
      case ENFORCE_CACHE_COHERENCY -> traits(device).has(Feature.ENFORCES_COHERENCY);
      case PCI_ATS_SUPPORTED -> traits(device).has(Feature.ATS);
      case DIRTY_TRACKING -> false;
    };
  }

  @Override
  public int maxPasids(Rid device) {
    Integer most = traits(device).maxPasids();
    return most == null ? IdealBackend.HW_INFO.maxPasids() : most;
  }

  @Override
  public boolean enforce(DomainId domain) {
    IdealDomain enforcing = domains.get(domain);
    if (enforcing != null) {
      enforcing.enforceCoherency();
    }
    return enforcing != null;
  }

  @Override
  public void endTable(DomainId domain) {
    IdealDomain ending = domains.get(domain);
    if (ending != null) {
      ending.end();
    }
  }

  /** {@inheritDoc} The first stage of each is passed through; the data of the user is not read. */
  @Override
  public Result<Done> allocateNested(
      DomainId domain, Rid device, DomainId parent, int flags, UserData data) {
    IdealDomain below = domains.get(parent);
    if (flags != 0) {
      return Result.err(Errno.EOPNOTSUPP);
    }
    if (below == null || domains.containsKey(domain)) {
      return Result.err(Errno.EINVAL);
    }
    domains.put(domain, below.nested());
    return Result.done();
  }

  @Override
  public boolean isOfDriverOf(Rid device, DomainId parent) {
    IdealDomain below = domains.get(parent);
    return below != null && below.driver() == driverOf(device);
  }

  /** {@inheritDoc} It cannot, as nothing is cached. */
  @Override
  public boolean canInvalidate() {
    return false;
  }

  @Override
  public Result<Integer> invalidate(DomainId domain, UserDataArray entries) {
    return Result.err(Errno.EOPNOTSUPP, 0);
  }

  @Override
  public boolean isAttachDeferred(Rid device) {
    return traits(device).has(Feature.DEFERRED_ATTACH);
  }

  /** Whether the driver has nested domains: for the devices that ask for them. */
  boolean hasNested() {
    return topology.devices().stream()
        .anyMatch(device -> traits(device.rid()).has(Feature.NESTED_TABLES));
  }

  @Override
  public int driverOf(Rid device) {
    return traits(device).has(Feature.OTHER_DRIVER) ? 1 : 0;
  }

  /** Whether a device can be attached to a domain. */
  boolean fits(Rid device, IdealDomain domain) {
    boolean ofItsDriver = domain.driver() == IdealDomain.ANY || domain.driver() == driverOf(device);
    boolean coherent =
        !domain.enforcesCoherency() || isCapable(device, Cap.ENFORCE_CACHE_COHERENCY);
    return ofItsDriver && coherent;
  }

  private DeviceTraits traits(Rid device) {
    return topology.traitsOf(device);
  }
}
