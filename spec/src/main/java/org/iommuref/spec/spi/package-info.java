/**
 * What a module brings to the suite: backends, cores, mutants and models, found by ServiceLoader.
 *
 * <p>Start at {@link org.iommuref.spec.spi.BackendProvider} and {@link
 * org.iommuref.spec.spi.MutantProvider}.
 */
@NullMarked
package org.iommuref.spec.spi;

import org.jspecify.annotations.NullMarked;
