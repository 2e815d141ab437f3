package org.iommuref.hw.cache;

import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Steps;

/**
 * What a cache is made with.
 *
 * @param name as choices and evictions name it
 * @param capacity the number of entries, where the policy bounds it
 * @param deepestFirst whether the smallest range that matches is used rather than the oldest entry
 * @param steps decides what is not determined, and hears of evictions
 * @param footprint hears of lookups and changes
 */
public record CacheSettings(
    String name, int capacity, boolean deepestFirst, Steps steps, Footprint footprint) {}
