package org.iommuref.model.core;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.Step;

/** The PASID of the group's devices is set to nothing. */
public record ErasePasid(GroupId group, Pasid pasid) implements Step {}
