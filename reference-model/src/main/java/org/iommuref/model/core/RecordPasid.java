package org.iommuref.model.core;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.Step;

/** The PASID of the group's devices is set to the domain. */
public record RecordPasid(GroupId group, Pasid pasid, DomainId domain) implements Step {}
