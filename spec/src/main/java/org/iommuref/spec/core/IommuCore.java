package org.iommuref.spec.core;

import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;

/**
 * The in-kernel interface of the IOMMU core over one or more drivers.
 *
 * <p>Linux: include/linux/iommu.h and drivers/iommu/iommu.c; each method names its function.
 * Devices are probed into the groups of the topology and start in their group's default domain.
 * Addresses and sizes are in bytes. Clause areas DOM, GRP, ATT, MAP, INV.
 */
public interface IommuCore {

  /** The group of a device (iommu_group_get). ENODEV. */
  Result<GroupId> groupOf(Rid device);

  /**
   * Allocates a domain under a name that the caller chose (iommu_paging_domain_alloc and its like).
   */
  Result<Done> allocateDomain(DomainId domain, DomainType type);

  /** Frees a domain (iommu_domain_free). EBUSY if it is attached. DOM-004. */
  Result<Done> freeDomain(DomainId domain);

  /**
   * iommu_attach_device: EINVAL if the group has more than one device, then as {@link
   * #attachGroup}.
   */
  Result<Done> attachDevice(Rid device, DomainId domain);

  /** iommu_detach_device: returns the device's group to its core domain. */
  Result<Done> detachDevice(Rid device, DomainId domain);

  /** iommu_attach_group: EBUSY unless the group is in its default or blocking domain. */
  Result<Done> attachGroup(GroupId group, DomainId domain);

  /** iommu_group_replace_domain: from whatever domain to this one, hitless where the driver can. */
  Result<Done> replaceGroup(GroupId group, DomainId domain);

  /** iommu_detach_group: returns the group to its core domain; cannot fail. */
  Result<Done> detachGroup(GroupId group, DomainId domain);

  /**
   * iommu_device_claim_dma_owner: EPERM if another owner, EBUSY if a foreign domain. {@code owner}
   * is a cookie.
   */
  Result<Done> claimOwner(Rid device, int owner);

  /** iommu_device_release_dma_owner. */
  Result<Done> releaseOwner(Rid device);

  /** iommu_device_use_default_domain: what binding an ordinary driver does. EBUSY. */
  Result<Done> useDefaultDomain(Rid device);

  /** iommu_device_unuse_default_domain: what unbinding an ordinary driver does. */
  Result<Done> unuseDefaultDomain(Rid device);

  /**
   * iommu_map: chooses page sizes, undoes everything on an error. MAP-007, MAP-008, MAP-013,
   * MAP-014.
   */
  Result<Done> map(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot);

  /**
   * iommu_unmap: returns the bytes removed, after their invalidation. MAP-010, MAP-011, INV-001.
   */
  long unmap(DomainId domain, Iova iova, long size);

  /** iommu_iova_to_phys. DOM-005. */
  PhysAddr iovaToPhys(DomainId domain, Iova iova);
}
