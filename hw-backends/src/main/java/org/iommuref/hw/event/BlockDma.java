package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A request was refused.
 *
 * @param dma the request
 * @param reason the architecture's reason code
 */
public record BlockDma(int dma, int reason) implements Step {}
