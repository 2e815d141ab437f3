/**
 * What the suite judges: a target opens a session, a session executes operations.
 *
 * <p>Start at {@link org.iommuref.conformance.target.Target}; {@link
 * org.iommuref.conformance.target.Targets} finds one by its name. A backend of this process is a
 * {@link org.iommuref.conformance.target.LocalTarget}, an iommufd an {@link
 * org.iommuref.conformance.target.IommufdTarget}; what the explorer takes is a {@link
 * org.iommuref.conformance.target.BackendTarget} or a {@link
 * org.iommuref.conformance.target.SteppedTarget}.
 *
 * <p>Clauses of seam 3 are shown by programs. A {@link
 * org.iommuref.conformance.target.ProgramSession} has their steps made as system calls on whatever
 * machine there is: the model, an implementation behind a child process, a real Linux.
 */
@NullMarked
package org.iommuref.conformance.target;

import org.jspecify.annotations.NullMarked;
