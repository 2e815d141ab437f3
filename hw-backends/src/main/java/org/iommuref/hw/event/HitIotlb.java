package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A request was translated by a cached translation.
 *
 * @param dma the request
 */
public record HitIotlb(int dma) implements Step {}
