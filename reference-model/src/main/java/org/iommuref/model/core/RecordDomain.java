package org.iommuref.model.core;

import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.core.GroupId;
import org.iommuref.spec.step.Step;

/** The group's devices are attached to the domain. */
public record RecordDomain(GroupId group, DomainId domain) implements Step {}
