package org.iommuref.spec.backend;

/**
 * Domains that make the writes of their devices coherent with the processor's caches whatever a
 * device asks for. Linux: iommu_domain_ops.enforce_cache_coherency.
 */
public interface CacheCoherency extends BackendExtension {

  /**
   * Makes a paging domain enforce it, for good; nothing is mapped in the domain yet.
   *
   * @return whether it does; false is an error of a driver that says of a device that it can
   *     ({@link DeviceCapabilities.Cap#ENFORCE_CACHE_COHERENCY})
   */
  boolean enforce(DomainId domain);
}
