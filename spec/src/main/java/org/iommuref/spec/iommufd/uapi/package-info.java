/**
 * The binary interface of iommufd as data: structures, fields, commands.
 *
 * <p>The facts are in {@code spec/uapi/iommufd.yaml}; start at {@link
 * org.iommuref.spec.iommufd.uapi.Uapi}. Clause area UAPI.
 */
@NullMarked
package org.iommuref.spec.iommufd.uapi;

import org.jspecify.annotations.NullMarked;
