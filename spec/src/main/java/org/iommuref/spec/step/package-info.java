/**
 * Steps: the one mechanism for interleaving points, step mutants and trace events.
 *
 * <p>A step is data and makes at most one access to shared state. Start at {@link
 * org.iommuref.spec.step.Steps}.
 */
@NullMarked
package org.iommuref.spec.step;

import org.jspecify.annotations.NullMarked;
