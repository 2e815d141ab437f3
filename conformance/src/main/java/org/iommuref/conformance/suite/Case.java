package org.iommuref.conformance.suite;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.target.Layer;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.spi.Topology;

/**
 * A case: operations in order, and what they show.
 *
 * @param name unique in the suite
 * @param clause the clause that it is a case of
 * @param needs the capabilities without which it cannot be run
 * @param lacks the capabilities with which it cannot be run
 * @param topology the devices that it needs
 * @param layer what it calls
 * @param generated whether chance wrote it, and not an author
 * @param steps the operations
 */
public record Case(
    String name,
    ClauseId clause,
    Set<Capability> needs,
    Set<Capability> lacks,
    Topology topology,
    Layer layer,
    boolean generated,
    List<CaseStep> steps) {

  /** Copies the lists. */
  public Case {
    needs = Set.copyOf(needs);
    lacks = Set.copyOf(lacks);
    steps = List.copyOf(steps);
  }

  /** The page sizes that its maps and unmaps name, as a bitmap in bytes. */
  long pageSizes() {
    long sizes = 0;
    for (CaseStep step : steps) {
      if (step.operation() instanceof MapPages map) {
        sizes |= map.pageSize();
      } else if (step.operation() instanceof UnmapPages unmap) {
        sizes |= unmap.pageSize();
      }
    }
    return sizes;
  }

  /** What is done, in order. */
  List<Operation<?>> operations() {
    return steps.stream().<Operation<?>>map(CaseStep::operation).toList();
  }

  /** The same case with other steps. */
  Case withSteps(List<CaseStep> others) {
    return new Case(name, clause, needs, lacks, topology, layer, generated, others);
  }
}
