/**
 * State that calls of several threads share: each access is a step, and what was freed is found out
 * when it is touched.
 *
 * <p>Clauses OBJ-008, OBJ-050, UAPI-021. Start at {@link org.iommuref.model.iommufd.shared.Shared}.
 */
@NullMarked
package org.iommuref.model.iommufd.shared;

import org.jspecify.annotations.NullMarked;
