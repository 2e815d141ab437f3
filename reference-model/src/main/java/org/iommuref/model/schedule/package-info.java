/**
 * Schedulers: who makes the next step, and what is chosen where nothing is determined.
 *
 * <p>{@link org.iommuref.model.schedule.Sequential} is the straight path, without threads. The
 * others ({@link org.iommuref.model.schedule.DfsScheduler}, {@link
 * org.iommuref.model.schedule.ExhaustiveScheduler}, {@link
 * org.iommuref.model.schedule.RandomScheduler}, {@link org.iommuref.model.schedule.PctScheduler},
 * {@link org.iommuref.model.schedule.ReplayScheduler}) decide for the explorer in {@code
 * org.iommuref.model.explore}. Start at {@link org.iommuref.model.schedule.Sequential}.
 */
@NullMarked
package org.iommuref.model.schedule;

import org.jspecify.annotations.NullMarked;
