/**
 * Checks of arguments as lists, in the order in which Linux makes them.
 *
 * <p>A list can be read beside the kernel's function, printed with its clauses, and made wrong from
 * outside: a check dropped, swapped with its neighbour, given another errno. Start at {@link
 * org.iommuref.model.check.Checks}.
 */
@NullMarked
package org.iommuref.model.check;

import org.jspecify.annotations.NullMarked;
