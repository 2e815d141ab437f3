package org.iommuref.conformance.target;

/**
 * The memory in which a case may place data pages.
 *
 * @param base its first byte, aligned to 4 KiB
 * @param size in bytes
 */
public record DataMemory(long base, long size) {}
