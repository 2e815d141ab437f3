package org.iommuref.model.core;

import org.iommuref.spec.access.Rid;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.Step;

/** Notes how many resets of a device are under way. */
public record RecordReset(GroupId group, Rid device, int depth) implements Step {}
