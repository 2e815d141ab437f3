/**
 * The model beside a real Linux: the same system calls on both, every answer compared.
 *
 * <p>Clause areas as for {@link org.iommuref.spec.iommufd}. A {@link
 * org.iommuref.conformance.compare.Step} is what a program does; {@link
 * org.iommuref.conformance.program} holds what can run it. Start at {@link
 * org.iommuref.conformance.compare.Comparison}.
 */
@NullMarked
package org.iommuref.conformance.compare;

import org.jspecify.annotations.NullMarked;
