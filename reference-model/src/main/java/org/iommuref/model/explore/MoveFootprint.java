package org.iommuref.model.explore;

import java.util.List;
import org.iommuref.spec.step.Step;
import org.jspecify.annotations.Nullable;

/**
 * What one move touched.
 *
 * @param actor the thread or machine that moved
 * @param step the step of a thread; null for the move of a machine
 * @param accesses in order; an atom of 16 bytes is two entries
 */
public record MoveFootprint(String actor, @Nullable Step step, List<SharedAccess> accesses) {

  /** Whether the order of this move and {@code other} cannot matter. */
  public boolean independentOf(MoveFootprint other) {
    return accesses.stream().noneMatch(a -> other.accesses.stream().anyMatch(a::conflictsWith));
  }
}
