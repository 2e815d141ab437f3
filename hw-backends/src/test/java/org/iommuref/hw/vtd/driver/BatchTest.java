package org.iommuref.hw.vtd.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.testing.DirectSteps;
import org.iommuref.hw.vtd.ScalableProvider;
import org.iommuref.hw.vtd.driver.DriverStep.Doorbell;
import org.iommuref.hw.vtd.driver.DriverStep.InvalidationDone;
import org.iommuref.hw.vtd.driver.DriverStep.SubmitBatch;
import org.iommuref.hw.vtd.driver.DriverStep.WriteDescriptor;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.unit.VtdParts;
import org.iommuref.hw.vtd.unit.VtdUnit;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.Gather;
import org.iommuref.spec.backend.PasidBackend;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.memory.PagePool;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.memory.SystemMemory;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.spi.Environment;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.step.Step;
import org.iommuref.spec.unit.IommuUnit;
import org.junit.jupiter.api.Test;

/** What a sync hands to each unit at once, and what it waits for. */
class BatchTest {

  private static final DomainId DOMAIN = new DomainId(1);
  private static final long PAGE = 0x1000;
  private static final int MOST = 16;

  private final List<Step> performed = new ArrayList<>();
  private VtdParts parts = ScalableProvider.parts();

  @Test
  @Clause({"INV-004", "INV-010"})
  void sync_ofOneUnit_isOneBatchWithOneWaitBehindIt() {
    sync(Topology.twoDevices(), 0);

    assertThat(doorbells()).hasSize(1).first().isInstanceOf(SubmitBatch.class);
    assertThat(types())
        .containsExactly(
            PasidDescriptor.TYPE_IOTLB,
            InvalidationDescriptor.TYPE_DEVICE_TLB,
            InvalidationDescriptor.TYPE_DEVICE_TLB,
            InvalidationDescriptor.TYPE_WAIT);
    assertThat(waits()).hasSize(1);
  }

  @Test
  @Clause({"INV-004", "INV-010"})
  void sync_ofManyTags_submitsEachBatchWhenItIsFull() {
    sync(Topology.oneDevice(), 17);

    assertThat(doorbells())
        .extracting(doorbell -> ((SubmitBatch) doorbell).count())
        .containsExactly(MOST, MOST, 4);
    assertThat(types()).hasSize(2 * 18 + 3);
    assertThat(types().subList(0, 18)).containsOnlyOnce(InvalidationDescriptor.TYPE_WAIT);
    assertThat(types().get(MOST)).isEqualTo(InvalidationDescriptor.TYPE_WAIT);
    assertThat(waits()).hasSize(3);
  }

  @Test
  @Clause("INV-004")
  void sync_ofTwoUnits_isABatchForEach() {
    sync(Topology.twoUnits(), 0);

    assertThat(doorbells())
        .extracting(doorbell -> ((SubmitBatch) doorbell).unit())
        .containsExactly(0, 1);
    assertThat(waits()).hasSize(2);
  }

  @Test
  @Clause("ATS-011")
  void invalidationsOfDevices_nameTheirQueue_andTheFunctionWhereTheUnitThrottles() {
    sync(Topology.twoDevices(), 1);

    List<Atom> orders = ofDevices();
    assertThat(orders).hasSize(3);
    assertThat(orders).allMatch(order -> functionOf(order) == deviceOf(order));
    assertThat(orders).extracting(BatchTest::depthOf).containsOnly(4L);

    performed.clear();
    parts = parts.with(parts.configuration().withExtendedCapability(ExtendedCapability.DIT, 0));
    sync(Topology.twoDevices(), 1);

    assertThat(ofDevices()).hasSize(3).allMatch(order -> functionOf(order) == 0);
    assertThat(ofDevices()).extracting(BatchTest::depthOf).containsOnly(4L);
  }

  @Test
  @Clause("ATS-011")
  void depthOf32_isSaidAs0() {
    var device = new InvalidationDepth(Topology.FIRST, 32, false);

    assertThat(device.in(InvalidationDescriptor.deviceTlb(1, 0, false)))
        .isEqualTo(InvalidationDescriptor.deviceTlb(1, 0, false));
  }

  private List<Atom> ofDevices() {
    return of(WriteDescriptor.class).stream()
        .map(WriteDescriptor::descriptor)
        .filter(order -> isOfDevice(order) || isOfPasid(order))
        .toList();
  }

  private static boolean isOfDevice(Atom order) {
    return InvalidationDescriptor.TYPE.get(order) == InvalidationDescriptor.TYPE_DEVICE_TLB;
  }

  private static boolean isOfPasid(Atom order) {
    return InvalidationDescriptor.TYPE.get(order) == PasidDescriptor.TYPE_DEVICE_TLB;
  }

  private static long deviceOf(Atom order) {
    return (isOfPasid(order) ? PasidDescriptor.SID : InvalidationDescriptor.DEVICE).get(order);
  }

  private static long depthOf(Atom order) {
    return (isOfPasid(order) ? PasidDescriptor.MIP : InvalidationDescriptor.MIP).get(order);
  }

  private static long functionOf(Atom order) {
    return InvalidationDescriptor.PFSID_HIGH.get(order) << 4
        | InvalidationDescriptor.PFSID_LOW.get(order);
  }

  /** Syncs a page of a domain in which every device is, the first by so many PASIDs too. */
  private void sync(Topology topology, int pasids) {
    var memory = SystemMemory.ofSize(1L << 40);
    var environment =
        new Environment(
            topology,
            memory,
            new PagePool(memory, 0x10_0000L, 500),
            DirectSteps.mutated(
                step -> {
                  performed.add(step);
                  return List.of(step);
                }),
            Footprint.NONE,
            CachePolicy.ADVERSARIAL);
    List<IommuUnit> units = new ArrayList<>();
    for (int unit = 0; unit < topology.units(); unit++) {
      units.add(new VtdUnit(parts, environment));
    }
    VtdBackend backend = VtdBackend.start(environment, units, new DriverParts());
    backend.allocateDomain(DOMAIN, DomainType.PAGING).value();
    for (Topology.Device device : topology.devices()) {
      backend.probe(device.rid()).value();
      backend.attach(device.rid(), DOMAIN, null).value();
    }
    PasidBackend byPasid = backend.extension(PasidBackend.class).orElseThrow();
    for (int pasid = 1; pasid <= pasids; pasid++) {
      byPasid.setPasid(Topology.FIRST, new Pasid(pasid), DOMAIN, null).value();
    }
    Iova iova = new Iova(0);
    backend.map(DOMAIN, iova, new PhysAddr(PAGE), PAGE, 1, Prot.READ_WRITE).value();
    Gather gather = new Gather();
    backend.unmap(DOMAIN, iova, PAGE, 1, gather);
    performed.clear();
    backend.sync(DOMAIN, gather);
  }

  private List<Doorbell> doorbells() {
    return of(Doorbell.class);
  }

  private List<InvalidationDone> waits() {
    return of(InvalidationDone.class);
  }

  private List<Integer> types() {
    return of(WriteDescriptor.class).stream()
        .map(step -> (int) InvalidationDescriptor.TYPE.get(step.descriptor()))
        .toList();
  }

  private <S extends Step> List<S> of(Class<S> type) {
    return performed.stream().filter(type::isInstance).map(type::cast).toList();
  }
}
