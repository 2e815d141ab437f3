package org.iommuref.model.iommufd.kernel;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.model.check.Checks;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.jspecify.annotations.Nullable;

/**
 * A named list of checks as Linux makes them; another list can be in force in its place.
 *
 * @param name unique, as {@code IOMMU_IOAS_MAP}
 * @param linux the checks in Linux's order
 * @param order the clauses that say in which order they come; empty if none does
 * @param <R> what is checked
 */
public record CheckList<R>(String name, Checks<R> linux, List<ClauseId> order) {

  /** Copies the list. */
  public CheckList {
    order = List.copyOf(order);
  }

  /** A list of whose order no clause speaks. */
  public CheckList(String name, Checks<R> linux) {
    this(name, linux, List.of());
  }

  /** The same, in the order that these clauses say. */
  public CheckList<R> orderedBy(String... clauses) {
    return new CheckList<>(name, linux, Stream.of(clauses).map(ClauseId::parse).toList());
  }

  /** The errno of the first check in force that refuses, or null if none does. */
  public @Nullable Errno refusal(Kernel kernel, R request) {
    return kernel.checks().of(this).refusal(request);
  }
}
