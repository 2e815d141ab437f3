package org.iommuref.hw.event;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.step.Step;

/**
 * A device has dropped the translations that its unit named, and has told the unit.
 *
 * @param device that kept them
 * @param tag ITag of the invalidation
 */
public record CompleteDeviceInvalidation(Rid device, int tag) implements Step {}
