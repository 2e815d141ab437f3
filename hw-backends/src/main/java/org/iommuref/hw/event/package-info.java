/**
 * What hardware reports of its own moves: the events of a trace, named as the actions of the
 * models.
 *
 * <p>A {@code dma} is the number of the slot that the request waits in; addresses are in bytes;
 * level 1 is the last level of tables. Events are alike for all architectures. Clause areas: MAP,
 * INV. Start at {@link org.iommuref.hw.event.StartDma}; a request ends with {@link
 * org.iommuref.hw.event.AccessPage} or {@link org.iommuref.hw.event.BlockDma}.
 */
@NullMarked
package org.iommuref.hw.event;

import org.jspecify.annotations.NullMarked;
