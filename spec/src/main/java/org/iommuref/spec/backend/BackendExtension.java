package org.iommuref.spec.backend;

/**
 * A subject that not every driver has: a sub-interface of this in a file of its own, obtained by
 * {@link IommuBackend#extension}.
 */
public interface BackendExtension {}
