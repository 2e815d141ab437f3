package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk read the first of the structures that a requester id selects.
 *
 * @param dma the request
 */
public record ReadRoot(int dma) implements Step {}
