package org.iommuref.hw.event;

import org.iommuref.spec.step.Step;

/**
 * A queue read a valid command and moved its head behind it; the command is not carried out yet.
 *
 * @param head where the command lies, in bytes from the start of the queue
 */
public record FetchDescriptor(long head) implements Step {}
