/**
 * Programs that use iommufd, call by call, on the model and on a real Linux.
 *
 * <p>Clause areas as for {@link org.iommuref.spec.iommufd}. A {@link
 * org.iommuref.conformance.program.Machine} starts a {@link
 * org.iommuref.conformance.program.Program}, which makes each {@link
 * org.iommuref.conformance.program.SystemCall} that it is given and says what came of it, in the
 * same words on every machine. The suite of seam 3 and the comparison with Linux use them. Start at
 * {@link org.iommuref.conformance.program.SystemCall}.
 */
@NullMarked
package org.iommuref.conformance.program;

import org.jspecify.annotations.NullMarked;
