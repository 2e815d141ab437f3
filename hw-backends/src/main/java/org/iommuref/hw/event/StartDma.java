package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A unit took a request of a device.
 *
 * @param dma the slot that it waits in
 * @param iova the address asked for
 */
public record StartDma(int dma, long iova) implements Step {}
