package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * Cached entries of PASIDs went, and the walks that held them start anew.
 *
 * @param granularity the architecture's code
 * @param domainTag the tag of the domain, where the granularity names one
 * @param pasid the PASID, where the granularity names one
 */
public record ExecutePasidInvalidation(int granularity, int domainTag, int pasid) implements Step {}
