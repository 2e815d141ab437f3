package org.iommuref.model.core;

/** The calls of the core that check their group, with the names of their functions in Linux. */
public enum CoreCall {
  /** iommu_attach_device. */
  ATTACH_DEVICE,
  /** iommu_attach_group. */
  ATTACH_GROUP,
  /** iommu_group_replace_domain. */
  REPLACE_GROUP,
  /** iommu_device_claim_dma_owner, as far as every claim is checked. */
  CLAIM,
  /** __iommu_take_dma_ownership: what a first claim checks besides. */
  TAKE,
  /** iommu_device_use_default_domain. */
  USE_DEFAULT,
  /** iommu_attach_device_pasid. */
  ATTACH_PASID,
  /** iommu_replace_device_pasid. */
  REPLACE_PASID
}
