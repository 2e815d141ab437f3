package org.iommuref.model.iommufd.kernel;

import org.iommuref.model.check.Checks;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A named list of checks as Linux makes them; another list can be in force in its place.
 *
 * @param name unique, as {@code IOMMU_IOAS_MAP}
 * @param linux the checks in Linux's order
 * @param <R> what is checked
 */
public record CheckList<R>(String name, Checks<R> linux) {

  /** The errno of the first check in force that refuses, or null if none does. */
  public @Nullable Errno refusal(Kernel kernel, R request) {
    return kernel.checks().of(this).refusal(request);
  }
}
