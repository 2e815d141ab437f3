package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A unit let an interrupt pass, remapped or as it was.
 *
 * @param address where it is written
 * @param data what is written
 */
public record DeliverInterrupt(long address, int data) implements Step {}
