package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A unit read the entry that says what becomes of an interrupt.
 *
 * @param index of the entry
 */
public record ReadInterruptEntry(int index) implements Step {}
