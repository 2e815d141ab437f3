package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A translated request took effect.
 *
 * @param dma the request
 * @param page the page of 4 KiB that it read or wrote
 */
public record AccessPage(int dma, long page) implements Step {}
