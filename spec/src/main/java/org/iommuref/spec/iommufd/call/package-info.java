/**
 * Seam 3 between processes: the system calls of a program as messages, and what is asked of the
 * program while one of them runs.
 *
 * <p>Clause areas as for {@link org.iommuref.spec.iommufd}. A program's connection carries {@link
 * org.iommuref.spec.iommufd.call.FileCall}s one way and {@link
 * org.iommuref.spec.iommufd.call.UserCall}s the other; both travel in the form of {@link
 * org.iommuref.spec.wire.MessageCodec}, with schemas {@code seam3-*.schema.json}.
 */
@NullMarked
package org.iommuref.spec.iommufd.call;

import org.jspecify.annotations.NullMarked;
