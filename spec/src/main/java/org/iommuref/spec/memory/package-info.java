/**
 * Physical memory that software and hardware share.
 *
 * <p>Start at {@link org.iommuref.spec.memory.Memory}; {@link
 * org.iommuref.spec.memory.SystemMemory} is the sparse 64-bit implementation that every target of
 * our own runs on.
 */
@NullMarked
package org.iommuref.spec.memory;

import org.jspecify.annotations.NullMarked;
