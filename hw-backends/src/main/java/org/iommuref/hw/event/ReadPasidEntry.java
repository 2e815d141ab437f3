package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk has read the whole entry that says what is to be done with requests of a PASID.
 *
 * @param dma the request
 */
public record ReadPasidEntry(int dma) implements Step {}
