package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk read the entry that says what is to be done with a device's requests.
 *
 * @param dma the request
 */
public record ReadContext(int dma) implements Step {}
