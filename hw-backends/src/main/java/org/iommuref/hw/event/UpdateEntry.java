package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk set accessed or dirty flags of an entry, unless the entry had changed since it was read.
 *
 * @param dma the request
 * @param level the level of the entry
 */
public record UpdateEntry(int dma, int level) implements Step {}
