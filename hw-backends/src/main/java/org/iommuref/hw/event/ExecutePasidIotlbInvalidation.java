package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * Cached translations of a PASID went, and the walks that held what they came from start anew.
 *
 * @param first the first byte; 0 where all addresses are meant
 * @param last the last byte; all ones where all addresses are meant
 * @param leafOnly whether cached pointers to tables stayed
 * @param granularity the architecture's code
 * @param domainTag the tag of the domain
 * @param pasid the PASID
 */
public record ExecutePasidIotlbInvalidation(
    long first, long last, boolean leafOnly, int granularity, int domainTag, int pasid)
    implements Step {}
