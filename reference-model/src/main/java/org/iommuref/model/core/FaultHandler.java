package org.iommuref.model.core;

import org.iommuref.spec.access.FaultRecord;
import org.iommuref.spec.backend.DomainId;

/** Hears of the faults of a domain. Linux: iommu_fault_handler_t. */
@FunctionalInterface
public interface FaultHandler {

  /** Hears of one fault; returns whether it has dealt with it. */
  boolean handle(DomainId domain, FaultRecord fault);
}
