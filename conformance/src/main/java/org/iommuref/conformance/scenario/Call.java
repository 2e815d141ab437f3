package org.iommuref.conformance.scenario;

import org.iommuref.spec.operation.BackendOperation;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a scenario.
 *
 * @param operation of seam 2
 * @param as the name of its result in outcomes, or null: then it must succeed
 */
public record Call(BackendOperation<?> operation, @Nullable String as) {}
