package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.DamageCommand;
import org.iommuref.spec.spi.Topology;

/** Commands that hardware refuses, at seam 2. */
final class DamageCases implements CaseSet {

  private static final long IOVA = 0x20_0000L;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(goesOn(pages), repeated(pages));
  }

  private static Scene given(String clause, String name, Pages pages) {
    return Scene.backend(clause, name, Topology.twoDevices())
        .needs(Capability.DAMAGED_COMMANDS)
        .paging(1)
        .map(1, IOVA, pages.small(1))
        .map(1, IOVA + PAGE, pages.small(2))
        .map(1, IOVA + 2 * PAGE, pages.small(3))
        .attach(FIRST, 1)
        .attach(SECOND, 1)
        .read(FIRST, IOVA)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .read(SECOND, IOVA + PAGE)
        .succeeds()
        .add(new DamageCommand(FIRST));
  }

  @Clause("INV-020")
  private static Case goesOn(Pages pages) {
    return given("INV-020", "syncs after a command that was refused", pages)
        .unmap(1, IOVA)
        .sync(1)
        .then()
        .unmap(1, IOVA + PAGE)
        .sync(1)
        .read(FIRST, IOVA + PAGE)
        .faults()
        .read(SECOND, IOVA + PAGE)
        .faults()
        .read(SECOND, IOVA + 2 * PAGE)
        .succeeds()
        .end();
  }

  @Clause("INV-021")
  private static Case repeated(Pages pages) {
    return given("INV-021", "what a refused command was to invalidate", pages)
        .then()
        .unmap(1, IOVA)
        .sync(1)
        .read(FIRST, IOVA)
        .faults()
        .read(SECOND, IOVA)
        .faults()
        .end();
  }
}
