package org.iommuref.model.core;

import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.Step;

/** The group belongs to an owner, or with owner 0 to {@code count} ordinary drivers. */
public record RecordOwner(GroupId group, int owner, int count) implements Step {}
