/**
 * The explorer: every interleaving of a scenario's threads and hardware, or a sample of them.
 *
 * <p>A {@link org.iommuref.model.explore.Scenario} is run again from its beginning for each
 * schedule; what happened is an {@link org.iommuref.model.explore.Execution}. It serves the clauses
 * that are about races: areas INV, ATT, PASID and FREC. Memory is sequentially consistent unless
 * the scenario puts {@link org.iommuref.model.explore.StoreBuffers} over it. Start at {@link
 * org.iommuref.model.explore.Explorer}.
 */
@NullMarked
package org.iommuref.model.explore;

import org.jspecify.annotations.NullMarked;
