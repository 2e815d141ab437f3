/**
 * Programs that use seam 3, as values: what a case of the suite lists, one system call after
 * another.
 *
 * <p>A call names objects and files by the names under which earlier calls have learned them, so a
 * program does not depend on the numbers that an implementation gives out. Start at {@link
 * org.iommuref.spec.iommufd.program.ProgramCall}.
 */
@NullMarked
package org.iommuref.spec.iommufd.program;

import org.jspecify.annotations.NullMarked;
