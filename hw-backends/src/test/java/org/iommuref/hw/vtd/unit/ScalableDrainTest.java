package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

/** Which translated accesses take effect before an invalidation of scalable mode counts as done. */
@Clause("INV-002")
class ScalableDrainTest extends ScalableDirectedTest {

  private static final int OTHER_DOMAIN = Bench.DOMAIN + 1;
  private static final long OTHER_PAGE = Bench.IOVA + 0x1000;
  private static final AccessKind[] KINDS = {AccessKind.READ, AccessKind.WRITE};

  private ScalableBench firstStage() {
    return firstStage(VtdConfiguration.scalable());
  }

  private ScalableBench firstStage(VtdConfiguration unit) {
    ScalableBench scene = scalable(unit).withQueue().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    return scene;
  }

  private ScalableBench secondStage() {
    ScalableBench scene = scalable().withQueue().withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    return scene;
  }

  /** Whether an access that is translated and held takes effect by this order. */
  private static boolean drains(ScalableBench scene, AccessKind kind, Atom order) {
    int slot = scene.bench.unit.request(ScalableBench.request(kind, Bench.IOVA));
    scene.bench.unit.hold(slot);
    scene.bench.unit.drain();
    assertThat(scene.bench.unit.stageOf(slot)).isEqualTo(DmaRequest.Stage.TRANSLATED);
    scene.submit(order);
    assertThat(scene.queueError()).isZero();
    return scene.bench.unit.answer(slot) != null;
  }

  private static Atom byDomain(int granularity, int domain, long address) {
    return InvalidationDescriptor.iotlb(granularity, domain, address, 0, false);
  }

  private static Atom without(Atom order, long bits) {
    return new Atom(order.low() & ~bits, order.high());
  }

  @Test
  void iotlbInvalidation_ofTheDomain_drainsWhatItsBitsName() {
    VtdConfiguration asked = VtdConfiguration.scalable().withMajorVersion(1);
    long reads = InvalidationDescriptor.DR.mask();
    long writes = InvalidationDescriptor.DW.mask();
    for (Atom order :
        new Atom[] {
          byDomain(Granularity.GLOBAL, 0, 0), byDomain(Granularity.DOMAIN, Bench.DOMAIN, 0)
        }) {
      for (AccessKind kind : KINDS) {
        boolean write = kind == AccessKind.WRITE;
        assertThat(drains(firstStage(asked), kind, order)).as("INV-002: %s", kind).isTrue();
        assertThat(drains(firstStage(asked), kind, without(order, reads)))
            .as("INV-002: %s without DR", kind)
            .isEqualTo(write);
        assertThat(drains(firstStage(asked), kind, without(order, writes)))
            .as("INV-002: %s without DW", kind)
            .isEqualTo(!write);
      }
    }
  }

  @Test
  void iotlbInvalidation_ofAnotherDomain_drainsNothing() {
    Atom other = byDomain(Granularity.DOMAIN, OTHER_DOMAIN, 0);
    Atom page = byDomain(Granularity.PAGE, OTHER_DOMAIN, Bench.IOVA);
    for (AccessKind kind : KINDS) {
      assertThat(drains(firstStage(), kind, other)).as("INV-002: first stage").isFalse();
      assertThat(drains(secondStage(), kind, other)).as("INV-002: second stage").isFalse();
      assertThat(drains(firstStage(), kind, page)).as("INV-002: page, first stage").isFalse();
      assertThat(drains(secondStage(), kind, page)).as("INV-002: page, second stage").isFalse();
    }
  }

  @Test
  void iotlbInvalidation_ofAPage_drainsThatPage_orAllOfAFirstStage() {
    Atom own = byDomain(Granularity.PAGE, Bench.DOMAIN, Bench.IOVA);
    Atom other = byDomain(Granularity.PAGE, Bench.DOMAIN, OTHER_PAGE);
    for (AccessKind kind : KINDS) {
      assertThat(drains(secondStage(), kind, own)).as("INV-002: the page").isTrue();
      assertThat(drains(secondStage(), kind, other)).as("INV-002: another page").isFalse();
      assertThat(drains(firstStage(), kind, own)).as("INV-002: of a first stage").isTrue();
      assertThat(drains(firstStage(), kind, other))
          .as("INV-002, VTD-173: the address says nothing of a first stage")
          .isTrue();
    }
  }

  @Test
  @Clause("VTD-162")
  void pasidIotlbInvalidation_drainsThePasid() {
    int pasid = ScalableBench.PASID;
    Atom all = PasidDescriptor.iotlb(2, Bench.DOMAIN, pasid, 0, 0, false);
    Atom own = PasidDescriptor.iotlb(3, Bench.DOMAIN, pasid, Bench.IOVA, 0, false);
    Atom otherPage = PasidDescriptor.iotlb(3, Bench.DOMAIN, pasid, OTHER_PAGE, 0, false);
    Atom otherPasid = PasidDescriptor.iotlb(2, Bench.DOMAIN, pasid + 1, 0, 0, false);
    Atom otherDomain = PasidDescriptor.iotlb(2, OTHER_DOMAIN, pasid, 0, 0, false);
    for (AccessKind kind : KINDS) {
      assertThat(drains(firstStage(), kind, all)).as("VTD-162: the PASID").isTrue();
      assertThat(drains(firstStage(), kind, own)).as("VTD-162: the page").isTrue();
      assertThat(drains(firstStage(), kind, otherPage)).as("VTD-162: another page").isFalse();
      assertThat(drains(firstStage(), kind, otherPasid)).as("VTD-162: another PASID").isFalse();
      assertThat(drains(firstStage(), kind, otherDomain)).as("VTD-162: another domain").isFalse();
    }
  }
}
