package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A unit put a page request into its queue.
 *
 * @param tail where it lies, in bytes from the start of the queue
 */
public record WritePageRequest(long tail) implements Step {}
