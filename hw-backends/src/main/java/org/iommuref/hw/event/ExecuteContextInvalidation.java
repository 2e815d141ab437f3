package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * Cached context entries went, and the walks that held them start anew.
 *
 * @param granularity the architecture's code
 * @param domainTag the tag of the domain, where the granularity names one
 * @param sourceId the requester, where the granularity names one
 * @param functionMask which function bits of the requester do not count, as the architecture codes
 *     it
 */
public record ExecuteContextInvalidation(
    int granularity, int domainTag, int sourceId, int functionMask) implements Step {}
