/**
 * Seam 2 as lines of JSON: the operations, the replies, and the four messages that open, rewind,
 * poll and close a conversation.
 *
 * <p>Calls at seam 1 ({@link org.iommuref.spec.unit.call}) and at seam 3 ({@link
 * org.iommuref.spec.iommufd.call}) travel in the same form.
 *
 * <p>The same form serves the process route and replay files. It covers whatever {@link
 * org.iommuref.spec.operation.Operations} lists, by the components of the records, so that a new
 * operation brings no code here. JSON schemas of every message lie in {@code spec/schemas}.
 *
 * <p>Start at {@link org.iommuref.spec.wire.OperationCodec} and {@link
 * org.iommuref.spec.wire.Introduction}.
 */
@NullMarked
package org.iommuref.spec.wire;

import org.jspecify.annotations.NullMarked;
