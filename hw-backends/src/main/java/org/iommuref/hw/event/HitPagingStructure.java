package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk starts at a cached pointer to a table.
 *
 * @param dma the request
 * @param level the level of the entry that was cached; the walk goes on one level below
 */
public record HitPagingStructure(int dma, int level) implements Step {}
