package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A queue met a command that it cannot carry out.
 *
 * @param head where the command lies, in bytes from the start of the queue
 * @param error the architecture's code of the error
 */
public record StopQueue(long head, int error) implements Step {}
