package org.iommuref.model.iommufd.pagetable;

/**
 * What others may change of an area, as it was when it was looked at.
 *
 * @param finished whether it has pages that others may see: it is neither being built nor torn down
 * @param closed whether access to it was asked to end: new ones are refused for good
 * @param accesses how many pins of accesses it has
 * @param locks how many of them forbid to unmap it
 */
public record AreaState(boolean finished, boolean closed, int accesses, int locks) {}
