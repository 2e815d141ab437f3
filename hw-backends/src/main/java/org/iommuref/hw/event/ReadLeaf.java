package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A walk read an entry that names a page; the request is translated.
 *
 * @param dma the request
 * @param page the page of 4 KiB that the request goes to
 */
public record ReadLeaf(int dma, long page) implements Step {}
