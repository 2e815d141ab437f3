/**
 * The clause catalogue: every rule of I/O address translation that this project states, with its
 * permanent id, its origin and how it is checked.
 *
 * <p>The clauses themselves are data, one YAML file per area under {@code spec/clauses}; all areas
 * are covered. Start at {@link org.iommuref.spec.clause.Catalogue}, which reads them, at {@link
 * org.iommuref.spec.clause.Clause}, by which code cites them, and at {@link
 * org.iommuref.spec.clause.Citations}, which gathers the citations of all modules.
 */
@NullMarked
package org.iommuref.spec.clause;

import org.jspecify.annotations.NullMarked;
