package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.cases.iommufd.ProgramCases;
import org.iommuref.conformance.cases.vtd.VtdUnitCases;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Layer;
import org.iommuref.conformance.target.Target;
import org.iommuref.spec.backend.HwInfo;

/** The registration of every area's cases. */
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
          new CoreCases(),
          new GroupCases(),
          new PciGroupCases(),
          new OwnerCases(),
          new DirectCases(),
          new ResetCases(),
          new DeferredCases(),
          new CorePasidCases());

  private Cases() {}

  /** The directed cases of a seam, in the order in which they are run. */
  public static List<Case> directed(int seam, Target target) {
    if (seam == Layer.UNIT.seam()) {
      return VtdUnitCases.of(target);
    }
    if (seam == Layer.IOMMUFD.seam()) {
      return ProgramCases.all();
    }
    Pages pages = new Pages(target.dataMemory(), target.hwInfo());
    List<Case> all = new ArrayList<>();
    SETS.forEach(set -> all.addAll(set.cases(pages)));
    return all;
  }

  /** {@code count} generated sequences that an implementation with these claims can be given. */
  public static List<Case> generated(HwInfo claims, DataMemory memory, int count, long seed) {
    return Sequences.of(claims, memory, count, seed);
  }
}
