package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.event.HitIotlb;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.junit.jupiter.api.Test;

/** What the caches of scalable mode are found by, and what they keep. */
class ScalableCacheTest extends ScalableDirectedTest {

  private static final Rid OTHER = new Rid(0x0108);
  private static final BusRequest READ = ScalableBench.read(Bench.IOVA);

  private static BusRequest from(Rid device) {
    return new BusRequest(
        device, READ.pasid(), false, READ.type(), READ.address(), READ.kind(), 0, false);
  }

  private ScalableBench mapped() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    return scene;
  }

  @Test
  @Clause("VTD-156")
  void contextCache_isFoundByRequester() {
    ScalableBench scene = mapped();
    scene.access(READ);
    scene.memory.writeLong(scene.contextAt(Bench.DEVICE), 0);
    assertThat(scene.reasonOf(READ.with(new Pasid(0x3f00)))).as("of the device").isEqualTo(0x51);
    assertThat(scene.reasonOf(from(OTHER))).as("of another").isEqualTo(0x41);
  }

  @Test
  @Clause("VTD-157")
  void pasidCache_isFoundByRequesterAndPasid() {
    ScalableBench scene = mapped();
    scene.access(READ);
    scene.memory.writeLong(scene.pasidAt(ScalableBench.PASID), 0);
    assertThat(scene.reasonOf(ScalableBench.read(0))).as("of the PASID").isEqualTo(0x71);
    assertThat(scene.reasonOf(READ.with(new Pasid(ScalableBench.PASID + 1)))).isEqualTo(0x59);
    scene.contextOf(OTHER);
    assertThat(scene.reasonOf(from(OTHER))).as("of another device").isEqualTo(0x51);
  }

  @Test
  @Clause("VTD-158")
  void iotlb_isFoundByRequesterAndPasid() {
    ScalableBench scene = mapped();
    assertThat(scene.access(READ)).isEqualTo(OF_A);
    scene.memory.writeLong(scene.firstAt(Bench.IOVA, 1), 0);
    assertThat(scene.access(READ)).as("cached").isEqualTo(OF_A);
    scene.pasid(ScalableBench.PASID + 1, ScalableBench.firstStage(scene.bench.page()));
    assertThat(scene.reasonOf(READ.with(new Pasid(ScalableBench.PASID + 1)))).isEqualTo(0x71);
    scene.contextOf(OTHER);
    scene.pasid(OTHER, ScalableBench.PASID, ScalableBench.firstStage(scene.bench.page()));
    assertThat(scene.reasonOf(from(OTHER))).isEqualTo(0x71);
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.firstStage(scene.bench.page()));
    assertThat(scene.reasonOf(ScalableBench.plain(Bench.IOVA))).as("no PASID").isEqualTo(0x71);
  }

  @Test
  @Clause("VTD-160")
  void firstStagePointers_areFoundByDomainAndPasid() {
    ScalableBench scene = mapped();
    scene.access(READ);
    scene.mapFirst(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    scene.memory.writeLong(scene.firstAt(Bench.IOVA, 4), 0);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA + 0x1000))).as("kept").isEqualTo(OF_B);
    scene.pasid(ScalableBench.PASID + 1, ScalableBench.firstStage(scene.bench.page()));
    BusRequest next = ScalableBench.read(Bench.IOVA + 0x1000);
    assertThat(scene.reasonOf(next.with(new Pasid(ScalableBench.PASID + 1)))).isEqualTo(0x71);
    long[] entry = ScalableBench.firstStage(scene.bench.page());
    PasidEntry.put(entry, PasidEntry.DID, Bench.DOMAIN + 1);
    scene.contextOf(OTHER);
    scene.pasid(OTHER, ScalableBench.PASID, entry);
    BusRequest other =
        new BusRequest(
            OTHER, next.pasid(), false, next.type(), next.address(), next.kind(), 0, false);
    assertThat(scene.reasonOf(other)).as("another domain").isEqualTo(0x71);
  }

  @Test
  @Clause("VTD-161")
  void secondStagePointers_areFoundByDomainAlone() {
    ScalableBench scene = scalable().withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    scene.mapSecond(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    assertThat(scene.access(READ)).isEqualTo(OF_A);
    long[] entry = scene.entryOf(ScalableBench.PASID);
    scene.memory.writeLong(scene.secondAt(Bench.IOVA, 4), 0);
    scene.pasid(ScalableBench.PASID + 1, entry);
    BusRequest next = ScalableBench.read(Bench.IOVA + 0x1000);
    BusRequest other = next.with(new Pasid(ScalableBench.PASID + 1));
    assertThat(scene.access(other)).as("same domain").isEqualTo(OF_B);
    PasidEntry.put(entry, PasidEntry.DID, Bench.DOMAIN + 1);
    scene.pasid(ScalableBench.PASID + 2, entry);
    assertThat(scene.reasonOf(next.with(new Pasid(ScalableBench.PASID + 2)))).isEqualTo(0x79);
  }

  @Test
  @Clause("VTD-163")
  void absence_isKeptInCachingModeAlone_butNeverOfAFirstStage() {
    for (int mode = 0; mode <= 1; mode++) {
      VtdConfiguration unit = VtdConfiguration.scalable().withCapability(Capability.CM, mode);
      ScalableBench scene = scalable(unit);
      assertThat(scene.reasonOf(READ)).isEqualTo(0x51);
      scene.withFirstStage();
      assertThat(scene.reasonOf(READ)).as("CM %d", mode).isEqualTo(mode == 1 ? 0x51 : 0x71);
      scene = scalable(unit).withSecondStage();
      assertThat(scene.reasonOf(READ)).isEqualTo(0x79);
      scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
      if (mode == 0) {
        assertThat(scene.access(READ)).isEqualTo(OF_A);
      } else {
        assertThat(scene.reasonOf(READ)).isEqualTo(0x79);
      }
      scene = scalable(unit).withFirstStage();
      assertThat(scene.reasonOf(READ)).isEqualTo(0x71);
      scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
      assertThat(scene.access(READ)).isEqualTo(OF_A);
    }
  }

  @Test
  @Clause("VTD-163")
  void absentLeafOfASecondStage_isKeptInCachingMode() {
    VtdConfiguration unit = VtdConfiguration.scalable().withCapability(Capability.CM, 1);
    ScalableBench scene = scalable(unit).withSecondStage();
    scene.mapSecond(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    assertThat(scene.reasonOf(READ)).isEqualTo(0x79);
    scene.memory.writeLong(
        scene.secondAt(Bench.IOVA, 1), SecondStageEntry.leaf(Bench.PAGE_A, 1, true, true));
    assertThat(scene.reasonOf(READ)).isEqualTo(0x79);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA + 0x1000))).isEqualTo(OF_B);
  }

  @Test
  @Clause("VTD-158")
  void iotlb_ofRequestsWithoutPasid_isFoundByRequesterToo() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.passThrough());
    BusRequest plain = ScalableBench.plain(Bench.PAGE_A);
    assertThat(scene.access(plain)).isEqualTo(OF_A);
    BusRequest other =
        new BusRequest(OTHER, null, false, plain.type(), plain.address(), plain.kind(), 0, false);
    assertThat(scene.reasonOf(other)).as("VTD-158: of another device").isEqualTo(0x41);
  }

  @Test
  @Clause("VTD-178")
  void translatedRequest_isNotJudgedByTheEntryOfTheRequestBefore() {
    ScalableBench scene =
        scalable(VtdConfiguration.scalable().withExtendedCapability(ExtendedCapability.DT, 1))
            .withSecondStage()
            .with(PasidEntry.AW, 1);
    scene.change(scene.contextAt(Bench.DEVICE), ScalableContextEntry.DTE.mask(), 0);
    scene.mapSecond(0x1000, Bench.PAGE_A, 1);
    assertThat(scene.access(ScalableBench.read(0x1000))).isEqualTo(OF_A);
    long beyond39Bits = 1L << 39;
    scene.memory.writeLong(beyond39Bits, 7);
    assertThat(scene.access(ScalableBench.plain(beyond39Bits).as(AddressType.TRANSLATED)))
        .as("VTD-178: no table has a say")
        .isEqualTo(AccessOutcome.completed(7));
  }

  @Test
  @Clause("VTD-158")
  void hit_isJudgedByThePasidEntryThatItWasFilledFrom() {
    ScalableBench scene = scalable().withFirstStage().with(PasidEntry.SRE, 1);
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    BusRequest supervisor = ScalableBench.read(Bench.IOVA).asPrivileged();
    assertThat(scene.access(supervisor)).isEqualTo(OF_A);
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.passThrough());
    assertThat(scene.access(ScalableBench.plain(Bench.PAGE_B))).isEqualTo(OF_B);
    scene.bench.steps.events();
    assertThat(scene.access(supervisor)).as("VTD-158: SRE of the first entry").isEqualTo(OF_A);
    assertThat(scene.bench.steps.events()).contains(new HitIotlb(0));
  }

  private ScalableBench emptying() {
    return scalable(VtdConfiguration.scalable().withCapability(Capability.ESRTPS, 1));
  }

  private static void setRootTable(ScalableBench scene) {
    long mode = RootTableAddress.TTM_SCALABLE;
    scene.bench.setRootTable(RootTableAddress.TTM.put(scene.bench.rootTable, mode));
  }

  @Test
  @Clause("VTD-043")
  void newRootTable_withEsrtps_emptiesThePasidCache() {
    ScalableBench scene = emptying().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(scene.access(READ)).isEqualTo(OF_A);
    scene.withFirstStage().mapFirst(Bench.IOVA, Bench.PAGE_B, 1);
    setRootTable(scene);
    assertThat(scene.access(READ)).as("VTD-043").isEqualTo(OF_B);
  }

  @Test
  @Clause("VTD-043")
  void newRootTable_withEsrtps_emptiesThePagingStructureCaches() {
    ScalableBench first = emptying().withFirstStage();
    first.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(first.access(READ)).isEqualTo(OF_A);
    first.memory.writeLong(first.firstAt(Bench.IOVA, 2), 0);
    first.mapFirst(Bench.IOVA, Bench.PAGE_B, 1);
    setRootTable(first);
    assertThat(first.access(READ)).as("VTD-043: of a first stage").isEqualTo(OF_B);
    ScalableBench second = emptying().withSecondStage();
    second.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(second.access(READ)).isEqualTo(OF_A);
    second.memory.writeLong(second.secondAt(Bench.IOVA, 2), 0);
    second.mapSecond(Bench.IOVA, Bench.PAGE_B, 1);
    setRootTable(second);
    assertThat(second.access(READ)).as("VTD-043: of a second stage").isEqualTo(OF_B);
  }

  @Test
  @Clause("VTD-136")
  void translationOfAPageThatIsDirty_servesWrites_whicheverFlagTheWalkHasSet() {
    ScalableBench scene = mapped();
    scene.change(scene.firstAt(Bench.IOVA, 1), FirstStageEntry.D.mask(), 0);
    assertThat(scene.access(READ)).isEqualTo(OF_A);
    scene.bench.steps.events();
    assertThat(scene.access(ScalableBench.write(Bench.IOVA))).isEqualTo(DONE);
    assertThat(scene.bench.steps.events()).contains(new HitIotlb(0));
  }
}
