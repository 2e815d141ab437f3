/**
 * The operations of the seams as values, and the replies to them.
 *
 * <p>One record is at once what the suite lists in a case, what a Java target executes and what
 * travels as one line of JSON to another process. Start at {@link
 * org.iommuref.spec.operation.Operation}.
 */
@NullMarked
package org.iommuref.spec.operation;

import org.jspecify.annotations.NullMarked;
