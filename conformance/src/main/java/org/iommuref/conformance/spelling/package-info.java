/**
 * Names that were meant: how far one is from another.
 *
 * <p>Start at {@link org.iommuref.conformance.spelling.Spelling}.
 */
@NullMarked
package org.iommuref.conformance.spelling;

import org.jspecify.annotations.NullMarked;
