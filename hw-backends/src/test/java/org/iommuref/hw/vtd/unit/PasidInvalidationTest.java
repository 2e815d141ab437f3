package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.BusRequest;
import org.junit.jupiter.api.Test;

/** What each descriptor of scalable mode takes, and what it leaves. */
class PasidInvalidationTest extends ScalableDirectedTest {

  private static final int DID = Bench.DOMAIN;
  private static final int PASID = ScalableBench.PASID;
  private static final BusRequest READ = ScalableBench.read(Bench.IOVA);
  private static final BusRequest NEXT = ScalableBench.read(Bench.IOVA + 0x1000);
  private static final long STATUS = 0x9000_0000L;

  private ScalableBench cachedFirst() {
    ScalableBench scene = scalable().withQueue().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    scene.mapFirst(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    scene.access(READ);
    return scene;
  }

  private ScalableBench cachedSecond() {
    ScalableBench scene = scalable().withQueue().withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    scene.mapSecond(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    scene.access(READ);
    return scene;
  }

  /** Whether an invalidation takes the translation of a page of a first stage. */
  private boolean takesFirst(Atom descriptor) {
    ScalableBench scene = cachedFirst();
    scene.memory.writeLong(scene.firstAt(Bench.IOVA, 1), 0);
    scene.submit(descriptor);
    assertThat(scene.queueError()).isZero();
    return scene.access(READ).equals(AccessOutcome.blocked());
  }

  /** Whether an invalidation takes the pointers to tables of a first stage. */
  private boolean takesFirstPointers(Atom descriptor) {
    ScalableBench scene = cachedFirst();
    scene.memory.writeLong(scene.firstAt(Bench.IOVA, 4), 0);
    scene.submit(descriptor);
    return scene.access(NEXT).equals(AccessOutcome.blocked());
  }

  private boolean takesSecond(Atom descriptor) {
    ScalableBench scene = cachedSecond();
    scene.memory.writeLong(scene.secondAt(Bench.IOVA, 1), 0);
    scene.submit(descriptor);
    assertThat(scene.queueError()).isZero();
    return scene.access(READ).equals(AccessOutcome.blocked());
  }

  private boolean takesSecondPointers(Atom descriptor) {
    ScalableBench scene = cachedSecond();
    scene.memory.writeLong(scene.secondAt(Bench.IOVA, 4), 0);
    scene.submit(descriptor);
    return scene.access(NEXT).equals(AccessOutcome.blocked());
  }

  private boolean takesPasid(Atom descriptor) {
    ScalableBench scene = cachedFirst();
    scene.memory.writeLong(scene.pasidAt(PASID), 0);
    scene.submit(descriptor);
    return scene.reasonOf(ScalableBench.read(0)) == 0x59;
  }

  private boolean takesContext(Atom descriptor) {
    ScalableBench scene = cachedFirst();
    scene.memory.writeLong(scene.contextAt(Bench.DEVICE), 0);
    scene.submit(descriptor);
    return scene.reasonOf(READ.with(new Pasid(0x3f00))) == 0x41;
  }

  private static Atom iotlb(int granularity, int did, long address, int mask, boolean hint) {
    return InvalidationDescriptor.iotlb(granularity, did, address, mask, hint);
  }

  private static Atom pages(int did, int pasid, long address, int mask, boolean hint) {
    return PasidDescriptor.iotlb(PasidIotlbInvalidation.PAGE, did, pasid, address, mask, hint);
  }

  private static Atom all(int did, int pasid) {
    return PasidDescriptor.iotlb(PasidIotlbInvalidation.PASID, did, pasid, 0, 0, false);
  }

  @Test
  @Clause("VTD-159")
  void pasidIotlb_takesWhatThePasidOfTheDomainFilled() {
    assertThat(takesFirst(all(DID, PASID))).isTrue();
    assertThat(takesFirst(all(DID, PASID + 1))).isFalse();
    assertThat(takesFirst(all(DID + 1, PASID))).isFalse();
    assertThat(takesFirstPointers(all(DID, PASID))).isTrue();
    assertThat(takesFirstPointers(all(DID, PASID + 1))).isFalse();
    assertThat(takesFirstPointers(all(DID + 1, PASID))).isFalse();
    assertThat(takesSecond(all(DID, PASID))).isTrue();
    assertThat(takesSecondPointers(all(DID, PASID))).as("of the domain").isFalse();
  }

  @Test
  @Clause("VTD-159")
  void pasidIotlb_ofPages_takesThoseOfAFirstStage() {
    assertThat(takesFirst(pages(DID, PASID, Bench.IOVA, 0, true))).isTrue();
    assertThat(takesFirst(pages(DID, PASID, Bench.IOVA + 0x1000, 1, true))).isFalse();
    assertThat(takesFirst(pages(DID, PASID, Bench.IOVA + 0x1000, 4, true))).isTrue();
    assertThat(takesFirst(pages(DID, PASID, 0, 52, true))).isTrue();
    assertThat(takesFirst(pages(DID, PASID + 1, Bench.IOVA, 0, true))).isFalse();
    assertThat(takesSecond(pages(DID, PASID, Bench.IOVA, 0, false))).isFalse();
    assertThat(takesFirstPointers(pages(DID, PASID, Bench.IOVA, 0, false))).isTrue();
    assertThat(takesFirstPointers(pages(DID, PASID, Bench.IOVA, 0, true))).isFalse();
    assertThat(takesFirstPointers(pages(DID, PASID, 1L << 40, 0, false))).isFalse();
  }

  @Test
  @Clause("VTD-173")
  void iotlb_ofADomain_takesEverythingOfIt() {
    assertThat(takesFirst(iotlb(Granularity.DOMAIN, DID, 0, 0, false))).isTrue();
    assertThat(takesFirst(iotlb(Granularity.DOMAIN, DID + 1, 0, 0, false))).isFalse();
    assertThat(takesFirst(iotlb(Granularity.GLOBAL, 0, 0, 0, false))).isTrue();
    assertThat(takesSecond(iotlb(Granularity.DOMAIN, DID, 0, 0, false))).isTrue();
    assertThat(takesFirstPointers(iotlb(Granularity.DOMAIN, DID, 0, 0, false))).isTrue();
    assertThat(takesFirstPointers(iotlb(Granularity.DOMAIN, DID + 1, 0, 0, false))).isFalse();
    assertThat(takesSecondPointers(iotlb(Granularity.DOMAIN, DID, 0, 0, false))).isTrue();
    assertThat(takesSecondPointers(iotlb(Granularity.DOMAIN, DID + 1, 0, 0, false))).isFalse();
  }

  @Test
  @Clause("VTD-173")
  void iotlb_ofPages_takesPagesOfASecondStageAndAllOfAFirst() {
    int page = Granularity.PAGE;
    assertThat(takesSecond(iotlb(page, DID, Bench.IOVA, 0, true))).isTrue();
    assertThat(takesSecond(iotlb(page, DID, Bench.IOVA + 0x1000, 0, true))).isFalse();
    assertThat(takesSecondPointers(iotlb(page, DID, Bench.IOVA, 0, false))).isTrue();
    assertThat(takesSecondPointers(iotlb(page, DID, Bench.IOVA, 0, true))).isFalse();
    assertThat(takesFirst(iotlb(page, DID, 0, 0, true))).as("the address is a guest's").isTrue();
    assertThat(takesFirstPointers(iotlb(page, DID, 0, 0, true))).isTrue();
  }

  @Test
  @Clause("VTD-171")
  void pasidCache_goesByDomainByPasidOrWhole() {
    assertThat(takesPasid(PasidDescriptor.pasidCache(0, DID, 0))).isTrue();
    assertThat(takesPasid(PasidDescriptor.pasidCache(0, DID + 1, 0))).isFalse();
    assertThat(takesPasid(PasidDescriptor.pasidCache(1, DID, PASID))).isTrue();
    assertThat(takesPasid(PasidDescriptor.pasidCache(1, DID, PASID + 1))).isFalse();
    assertThat(takesPasid(PasidDescriptor.pasidCache(1, DID + 1, PASID))).isFalse();
    assertThat(takesPasid(PasidDescriptor.pasidCache(3, 0, 0))).isTrue();
  }

  @Test
  @Clause("VTD-172")
  void contextCache_goesByRequesterAndWholeByDomain() {
    int device = Bench.DEVICE.value();
    assertThat(takesContext(InvalidationDescriptor.context(1, 0, 0, 0))).isTrue();
    assertThat(takesContext(InvalidationDescriptor.context(2, DID + 1, 0, 0))).isTrue();
    assertThat(takesContext(InvalidationDescriptor.context(3, 0, device, 0))).isTrue();
    assertThat(takesContext(InvalidationDescriptor.context(3, DID, device + 1, 0))).isFalse();
    assertThat(takesContext(InvalidationDescriptor.context(3, DID, device + 1, 3))).isTrue();
  }

  @Test
  @Clause("VTD-162")
  void pasidIotlb_drainsWhatWasTranslatedByThePasid() {
    for (int pasid = PASID; pasid <= PASID + 1; pasid++) {
      ScalableBench scene = cachedFirst();
      int slot = scene.bench.unit.request(ScalableBench.write(Bench.IOVA));
      scene.bench.unit.hold(slot);
      scene.bench.unit.drain();
      scene.enqueue(all(DID, pasid), InvalidationDescriptor.waitWritingStatus(STATUS, 1));
      while (scene.memory.readInt(STATUS) == 0) {
        int queue = scene.bench.queueMachine();
        scene.bench.unit.advance(scene.bench.unit.enabled(queue) ? queue : slot);
      }
      assertThat(scene.memory.readLong(Bench.PAGE_A))
          .as("PASID %x", pasid)
          .isEqualTo(pasid == PASID ? 1 : Bench.OF_A);
    }
  }

  @Test
  @Clause("VTD-162")
  void iotlb_ofADomain_drainsWhatWasTranslatedThroughAFirstStage() {
    ScalableBench scene = cachedFirst();
    int slot = scene.bench.unit.request(ScalableBench.write(Bench.IOVA));
    scene.bench.unit.hold(slot);
    scene.bench.unit.drain();
    scene.submit(
        iotlb(Granularity.PAGE, DID, 0, 0, false),
        InvalidationDescriptor.waitWritingStatus(STATUS, 1));
    assertThat(scene.memory.readLong(Bench.PAGE_A)).isEqualTo(1);
    assertThat(scene.memory.readInt(STATUS)).isEqualTo(1);
  }
}
