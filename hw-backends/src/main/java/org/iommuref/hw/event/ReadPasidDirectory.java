package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk read the entry of a directory of address spaces that a PASID selects.
 *
 * @param dma the request
 */
public record ReadPasidDirectory(int dma) implements Step {}
