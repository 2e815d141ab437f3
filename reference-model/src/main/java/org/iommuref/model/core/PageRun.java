package org.iommuref.model.core;

/**
 * Pages of one size, as one call of a driver takes them.
 *
 * @param pageSize in bytes
 * @param count how many
 */
public record PageRun(long pageSize, long count) {}
