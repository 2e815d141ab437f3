package org.iommuref.model.core;

import org.iommuref.model.check.Checks;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.IommuBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.backend.RangeMapping;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.jspecify.annotations.Nullable;

/**
 * What domains map: iommu_map, iommu_unmap and iommu_iova_to_phys. Clause area MAP.
 *
 * @param backend the driver
 * @param domains of the core
 * @param mapper for drivers that map pages of one size in a call
 * @param ranges for those that take a whole range, or null
 * @param checks of a map and an unmap
 */
record Mappings(
    IommuBackend backend,
    Domains domains,
    PageMapper mapper,
    @Nullable RangeMapper ranges,
    Checks<MapRequest> checks) {

  static Mappings of(
      IommuBackend backend, Domains domains, PageMapper mapper, Checks<MapRequest> checks) {
    RangeMapper ranges =
        backend
            .extension(RangeMapping.class)
            .map(whole -> new RangeMapper(backend, whole))
            .orElse(null);
    return new Mappings(backend, domains, mapper, ranges, checks);
  }

  @Clause({"MAP-007", "MAP-026"})
  Result<Done> map(DomainId domain, Iova iova, PhysAddr paddr, long size, Prot prot) {
    if (ranges != null && domains.typeOf(domain) == DomainType.PAGING) {
      return ranges.map(domain, iova, paddr, size, prot);
    }
    Errno refusal = checks.refusal(request(domain, iova, paddr, size));
    return refusal == null ? mapper.map(domain, iova, paddr, size, prot) : Result.err(refusal);
  }

  long unmap(DomainId domain, Iova iova, long size) {
    if (ranges != null && domains.typeOf(domain) == DomainType.PAGING) {
      return ranges.unmap(domain, iova, size);
    }
    Errno refusal = checks.refusal(request(domain, iova, new PhysAddr(0), size));
    return refusal == null ? mapper.unmap(domain, iova, size) : 0;
  }

  @Clause("DOM-005")
  PhysAddr iovaToPhys(DomainId domain, Iova iova) {
    DomainType type = domains.typeOf(domain);
    if (type == DomainType.IDENTITY) {
      return new PhysAddr(iova.bytes());
    }
    return type == DomainType.PAGING ? backend.iovaToPhys(domain, iova) : new PhysAddr(0);
  }

  private MapRequest request(DomainId domain, Iova iova, PhysAddr paddr, long size) {
    return new MapRequest(
        domains.typeOf(domain), backend.hwInfo().pageSizes(), iova.bytes(), paddr.bytes(), size);
  }
}
