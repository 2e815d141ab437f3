package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk read an entry that names a lower table.
 *
 * @param dma the request
 * @param level the level of the entry
 * @param table the lower table
 */
public record ReadNonLeaf(int dma, int level, long table) implements Step {}
