package org.iommuref.conformance.cases.iommufd;

import java.util.HashMap;
import java.util.Map;

/** The clause that says what each command does in the plain case: a set-up that fails breaks it. */
final class PlainClauses {

  static final Map<String, String> ALL = new HashMap<>();

  static {
    ALL.put("IOMMU_IOAS_ALLOC", "IOAS-001");
    ALL.put("IOMMU_IOAS_CHANGE_PROCESS", "PIN-027");
    ALL.put("IOMMU_TEST_OP_ACCESS_PAGES", "ACC-018");
    ALL.put("IOMMU_TEST_OP_ACCESS_REPLACE_IOAS", "ACC-007");
    ALL.put("IOMMU_TEST_OP_ACCESS_RW", "ACC-022");
    ALL.put("IOMMU_HWPT_SET_DIRTY_TRACKING", "DIRTY-005");
    ALL.put("IOMMU_HWPT_GET_DIRTY_BITMAP", "DIRTY-019");
    ALL.put("IOMMU_TEST_OP_DIRTY", "DIRTY-034");
    ALL.put("IOMMU_VFIO_IOAS", "VFIO-003");
    ALL.put("VFIO_SET_IOMMU", "VFIO-014");
    ALL.put("VFIO_IOMMU_MAP_DMA", "VFIO-023");
    ALL.put("VFIO_IOMMU_UNMAP_DMA", "VFIO-030");
    ALL.put("IOMMU_TEST_OP_CREATE_ACCESS", "ACC-001");
    ALL.put("IOMMU_TEST_OP_DESTROY_ACCESS_PAGES", "ACC-020");
    ALL.put("IOMMU_HWPT_ALLOC", "HWPT-005");
    ALL.put("IOMMU_TEST_OP_MOCK_DOMAIN", "HWPT-026");
    ALL.put("IOMMU_TEST_OP_MOCK_DOMAIN_FLAGS", "HWPT-026");
    ALL.put("IOMMU_TEST_OP_MOCK_DOMAIN_REPLACE", "DEV-027");
    ALL.put("IOMMU_TEST_OP_PASID_ATTACH", "DEV-046");
    ALL.put("IOMMU_TEST_OP_PASID_REPLACE", "DEV-046");
    ALL.put("IOMMU_TEST_OP_PASID_DETACH", "DEV-022");
    ALL.put("IOMMU_IOAS_ALLOW_IOVAS", "IOAS-019");
    ALL.put("IOMMU_IOAS_COPY", "IOAS-035");
    ALL.put("IOMMU_IOAS_IOVA_RANGES", "IOAS-005");
    ALL.put("IOMMU_IOAS_MAP", "IOAS-035");
    ALL.put("IOMMU_IOAS_MAP_FILE", "IOAS-035");
    ALL.put("IOMMU_IOAS_UNMAP", "IOAS-115");
    ALL.put("IOMMU_OPTION", "OPT-003");
  }

  private PlainClauses() {}
}
