package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A cache dropped an entry to make room.
 *
 * @param cache its name
 * @param tag of the entry
 * @param address the first address of the entry
 */
public record Evict(String cache, long tag, long address) implements Step {}
