package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.ToLongFunction;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.BusRequest;
import org.junit.jupiter.api.Test;

/** What caching mode keeps of structures that were refused, and what FPD of a cached one does. */
class ScalableAbsenceTest extends ScalableDirectedTest {

  private static final BusRequest READ = ScalableBench.read(Bench.IOVA);
  private static final long P = ScalableContextEntry.P.mask();

  private ScalableBench scene(int cachingMode) {
    ScalableBench scene =
        scalable(VtdConfiguration.scalable().withCapability(Capability.CM, cachingMode))
            .withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    return scene;
  }

  /** Takes P from a structure, asks, gives it back, asks again. */
  private void keptInCachingModeAlone(ToLongFunction<ScalableBench> structure, int reason) {
    for (int mode = 0; mode <= 1; mode++) {
      ScalableBench scene = scene(mode);
      long at = structure.applyAsLong(scene);
      scene.change(at, 0, P);
      assertThat(scene.reasonOf(READ)).isEqualTo(reason);
      scene.change(at, P, 0);
      if (mode == 0) {
        assertThat(scene.access(READ)).as("no caching mode").isEqualTo(OF_A);
      } else {
        assertThat(scene.reasonOf(READ)).as("caching mode").isEqualTo(reason);
      }
    }
  }

  @Test
  @Clause("VTD-163")
  void absentRootEntry_isKeptInCachingModeAlone() {
    keptInCachingModeAlone(scene -> scene.rootAt(Bench.DEVICE), 0x39);
  }

  @Test
  @Clause("VTD-163")
  void absentContextEntry_isKeptInCachingModeAlone() {
    keptInCachingModeAlone(scene -> scene.contextAt(Bench.DEVICE), 0x41);
  }

  @Test
  @Clause("VTD-163")
  void absentPasidEntry_isKeptInCachingModeAlone() {
    keptInCachingModeAlone(scene -> scene.pasidAt(ScalableBench.PASID), 0x59);
  }

  @Test
  @Clause("VTD-124")
  void fpdOfTheContextEntry_silencesThoseThatFindItCachedToo() {
    ScalableBench scene = scene(0);
    scene.change(scene.contextAt(Bench.DEVICE), ScalableContextEntry.FPD.mask(), 0);
    scene.memory.writeLong(scene.directoryAt(ScalableBench.PASID), 0);
    assertThat(scene.reasonOf(READ)).as("read from memory").isEqualTo(-1);
    scene.change(scene.contextAt(Bench.DEVICE), 0, ScalableContextEntry.FPD.mask());
    assertThat(scene.reasonOf(READ)).as("from the cache").isEqualTo(-1);
  }

  /** Where nothing of a second stage is mapped below a level, after a request has found that. */
  private ScalableBench secondStageWithout(int level) {
    ScalableBench scene =
        scalable(VtdConfiguration.scalable().withCapability(Capability.CM, 1))
            .withQueue()
            .withSecondStage();
    scene.secondAt(Bench.IOVA, level);
    assertThat(scene.access(READ)).isEqualTo(AccessOutcome.blocked());
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(scene.access(READ)).as("kept").isEqualTo(AccessOutcome.blocked());
    return scene;
  }

  private static Atom page(boolean leafOnly) {
    return InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA, 0, leafOnly);
  }

  @Test
  @Clause({"VTD-163", "VTD-173"})
  void absentLeafOfASecondStage_goesWithTheLeaves() {
    ScalableBench scene = secondStageWithout(1);
    scene.submit(page(true));
    assertThat(scene.access(READ)).as("VTD-163").isEqualTo(OF_A);
  }

  @Test
  @Clause({"VTD-163", "VTD-173"})
  void absentTableOfASecondStage_staysWhereLeavesAloneGo() {
    ScalableBench scene = secondStageWithout(2);
    scene.submit(page(true));
    assertThat(scene.access(READ)).as("the hint").isEqualTo(AccessOutcome.blocked());
    scene.submit(page(false));
    assertThat(scene.access(READ)).as("VTD-163").isEqualTo(OF_A);
  }
}
