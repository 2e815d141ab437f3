/**
 * Nothing is missing between the catalogue, the citations of all modules, the cases, the models and
 * the mutants.
 *
 * <p>Start at {@link org.iommuref.conformance.catalogue.CatalogueGapsTest}.
 */
@NullMarked
package org.iommuref.conformance.catalogue;

import org.jspecify.annotations.NullMarked;
