package org.iommuref.model.process;

import org.iommuref.spec.iommufd.FileId;

/**
 * A region of a file of the implementation that a process has mapped.
 *
 * @param file the file
 * @param offset where in it, in bytes
 * @param length in bytes
 */
public record MappedRegion(FileId file, long offset, long length) {}
