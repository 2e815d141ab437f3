package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A queue told software that every command before this one is done.
 *
 * @param address where the status was written; -1 where none was asked for
 * @param data what was written
 */
public record CompleteWait(long address, int data) implements Step {}
