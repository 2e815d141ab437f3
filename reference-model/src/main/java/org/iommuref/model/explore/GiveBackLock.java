package org.iommuref.model.explore;

import org.iommuref.spec.step.Step;
import org.iommuref.spec.step.StepLock;

/**
 * Giving back a lock after writes that are still in the store buffer; never an event of a trace.
 *
 * @param lock that is given back
 */
record GiveBackLock(StepLock lock) implements Step {}
