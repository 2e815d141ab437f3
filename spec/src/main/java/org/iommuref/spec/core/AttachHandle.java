package org.iommuref.spec.core;

/**
 * What the user of a group keeps with one attachment, so that a page fault finds its way back.
 * Linux: struct iommu_attach_handle.
 */
public interface AttachHandle {}
