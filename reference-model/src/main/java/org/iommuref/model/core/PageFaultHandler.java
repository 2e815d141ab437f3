package org.iommuref.model.core;

/** Takes the groups of page requests of a domain. Linux: iommu_domain.iopf_handler. */
@FunctionalInterface
public interface PageFaultHandler {

  /** Takes a group, which it answers some time; false if there is no memory for it. */
  boolean take(PageFaultGroup group);
}
