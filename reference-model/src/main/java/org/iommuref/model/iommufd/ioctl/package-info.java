/**
 * Commands: their numbers, the layout of their structures, their checks in order, and how a call is
 * read in, answered and undone.
 *
 * <p>Clause area UAPI. A command is a {@link org.iommuref.model.iommufd.ioctl.Command}, declared in
 * a file of its own beside its subject, and listed once in {@code
 * org.iommuref.model.iommufd.Commands}. Start at {@link org.iommuref.model.iommufd.ioctl.Ucmd}.
 */
@NullMarked
package org.iommuref.model.iommufd.ioctl;

import org.jspecify.annotations.NullMarked;
