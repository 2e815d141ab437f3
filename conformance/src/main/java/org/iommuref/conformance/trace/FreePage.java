package org.iommuref.conformance.trace;

import org.iommuref.spec.step.Step;

/**
 * The caller of unmap and sync gives a page of data back to the pool.
 *
 * @param page its address in bytes
 */
record FreePage(long page) implements Step {}
