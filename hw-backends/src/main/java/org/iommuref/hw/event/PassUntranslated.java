package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A request goes to the address that it names: translation is off, or the device is in
 * pass-through.
 *
 * @param dma the request
 */
public record PassUntranslated(int dma) implements Step {}
