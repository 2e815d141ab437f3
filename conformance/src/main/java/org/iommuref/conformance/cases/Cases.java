package org.iommuref.conformance.cases;

import java.util.List;
import java.util.Map;
import org.apache.commons.collections4.map.LRUMap;
import org.iommuref.conformance.cases.iommufd.ProgramCases;
import org.iommuref.conformance.cases.vtd.VtdUnitCases;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.backend.HwInfo;

/**
 * The registration of every area's cases. What it has written for a target serves for its like too.
 */
public final class Cases {

  private static final List<CaseSet> SETS =
      List.of(
          new DomainCases(),
          new AttachCases(),
          new PasidCases(),
          new MapCases(),
          new UnmapCases(),
          new InvalidationCases(),
          new FaultCases(),
          new DirtyCases(),
          new NestedCases(),
          new KeepingCases(),
          new CoherencyCases(),
          new DamageCases(),
          new PageRequestCases(),
          new EndedTableCases(),
          new CoreCases(),
          new GroupCases(),
          new PciGroupCases(),
          new OwnerCases(),
          new DirectCases(),
          new ResetCases(),
          new DeferredCases(),
          new CorePasidCases());

  private static final int KINDS = 8;

  private final VtdUnitCases ofUnits = new VtdUnitCases();
  private final Map<Pages, List<Case>> ofBackends = new LRUMap<>(KINDS);

  /** The directed cases of a seam, in the order in which they are run. */
  public List<Case> directed(int seam, Target target) {
    if (seam == Layer.UNIT.seam()) {
      return ofUnits.of(target);
    }
    if (seam == Layer.IOMMUFD.seam()) {
      return ProgramCases.all();
    }
    return ofBackends.computeIfAbsent(
        new Pages(target.dataMemory(), target.hwInfo()),
        pages -> SETS.stream().flatMap(set -> set.cases(pages).stream()).toList());
  }

  /** {@code count} generated sequences that an implementation with these claims can be given. */
  public static List<Case> generated(HwInfo claims, DataMemory memory, int count, long seed) {
    return Sequences.of(claims, memory, count, seed);
  }
}
