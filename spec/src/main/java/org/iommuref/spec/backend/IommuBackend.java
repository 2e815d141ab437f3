package org.iommuref.spec.backend;

import java.util.List;
import java.util.Optional;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.FaultLog;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/**
 * Seam 2: an IOMMU driver with its hardware, as the IOMMU core sees it, and the devices in front of
 * it.
 *
 * <p>Linux: struct iommu_ops and struct iommu_domain_ops (include/linux/iommu.h). The caller
 * serialises calls that name one device; calls on one domain may run at once as long as their
 * address ranges are disjoint. Addresses and sizes are in bytes. Clause areas DOM, ATT, MAP, INV,
 * FREC.
 */
public interface IommuBackend {

  /** What this implementation can do; constant. */
  HwInfo hwInfo();

  /**
   * Begins to serve a device; it is blocked until its first attach. ENODEV for a device behind no
   * unit.
   */
  Result<Done> probe(Rid device);

  /** Ends to serve a device; it is blocked afterwards. */
  Result<Done> release(Rid device);

  /** The addresses of a device that are not for mapping, in ascending order. */
  List<ReservedRegion> reservedRegions(Rid device);

  /**
   * Allocates a domain under a name that the caller chose and that names no other living domain.
   * DOM-001 to DOM-007.
   *
   * @return EOPNOTSUPP for a type that the driver does not have, ENOMEM
   */
  Result<Done> allocateDomain(DomainId domain, DomainType type);

  /**
   * Frees a domain that is attached to nothing, with all its mappings. EBUSY if it is attached.
   * DOM-004.
   */
  Result<Done> freeDomain(DomainId domain);

  /**
   * Makes the accesses of a device without PASID go to a domain. ATT-001 to ATT-008.
   *
   * @param old the domain that the device is attached to now, or null for none
   * @return EINVAL if domain and device do not fit (another domain may), ENOSPC, ENOMEM, ENODEV;
   *     after an error the old domain is in force (ATT-004)
   */
  Result<Done> attach(Rid device, DomainId domain, @Nullable DomainId old);

  /**
   * Maps {@code count} pages of {@code pageSize} from {@code iova} to {@code paddr} onwards.
   *
   * @return the bytes mapped; EADDRINUSE or EEXIST with the bytes mapped before it where something
   *     is mapped already (MAP-006), EINVAL, ERANGE, ENOMEM
   */
  Result<Long> map(
      DomainId domain, Iova iova, PhysAddr paddr, long pageSize, long count, Prot prot);

  /** Makes new mappings of the range visible to devices. MAP-014. */
  Result<Done> syncMap(DomainId domain, Iova iova, long size);

  /**
   * Removes {@code count} pages of {@code pageSize} from {@code iova} and adds what must be
   * invalidated to the gather.
   *
   * @return the bytes removed, more than asked where a larger page covers the end; it stops at the
   *     first hole. MAP-010 to MAP-012
   */
  long unmap(DomainId domain, Iova iova, long pageSize, long count, Gather gather);

  /**
   * Returns when nothing of the gather can be used any more, and resets the gather. INV-001,
   * INV-002.
   */
  void sync(DomainId domain, Gather gather);

  /** Returns when nothing of the domain's former mappings can be used any more. INV-006. */
  void flushAll(DomainId domain);

  /**
   * Where software finds an address translated: 0 for none; identity gives the address itself.
   * DOM-005.
   */
  PhysAddr iovaToPhys(DomainId domain, Iova iova);

  /** Lets a device make an access and returns what it sees. */
  AccessOutcome access(DeviceAccess access);

  /** Reads and clears the fault records. FREC-001 to FREC-008. */
  FaultLog takeFaults();

  /** The memory that devices reach. */
  Memory memory();

  /** A subject that not every driver has, or empty. */
  default <E extends BackendExtension> Optional<E> extension(Class<E> type) {
    return type.isInstance(this) ? Optional.of(type.cast(this)) : Optional.empty();
  }
}
