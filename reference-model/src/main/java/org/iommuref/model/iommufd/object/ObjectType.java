package org.iommuref.model.iommufd.object;

/** The types of objects. Linux: enum iommufd_object_type. */
public enum ObjectType {
  DEVICE,
  HWPT_PAGING,
  HWPT_NESTED,
  IOAS,
  ACCESS,
  FAULT,
  VIOMMU,
  VDEVICE,
  VEVENTQ,
  HW_QUEUE,
  SELFTEST
}
