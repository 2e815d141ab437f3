package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * Cached translations went, and the walks that held what they came from start anew.
 *
 * @param iova the first byte; 0 where all addresses are meant
 * @param size in bytes; -1 where all addresses are meant
 * @param leafOnly whether cached pointers to tables stayed
 * @param granularity the architecture's code
 * @param domainTag the tag of the domain; 0 where all domains are meant
 */
public record ExecuteInvalidation(
    long iova, long size, boolean leafOnly, int granularity, int domainTag) implements Step {}
