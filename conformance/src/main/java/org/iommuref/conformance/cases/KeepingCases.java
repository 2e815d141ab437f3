package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.KeepingDevices.Manner;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.AskForTranslation;
import org.iommuref.spec.operation.BehaveAs;
import org.iommuref.spec.operation.ReadControl;
import org.iommuref.spec.spi.Topology;

/** Devices that keep translations, at seam 2. */
final class KeepingCases implements CaseSet {

  private static final long IOVA = 0x20_0000L;
  private static final int MANY = 9;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        isOn(),
        turnedOnBehindTheEntry(),
        turnedOffBeforeTheEntry(pages),
        missed(pages),
        isOff(pages),
        goneDevice(pages),
        goneDeviceDetached(pages),
        goesOn(pages),
        rights(pages),
        pagesBehindTranslations(),
        pagesEndFirst(),
        roomForAll(pages));
  }

  private static Scene given(String clause, String name, Topology topology, Pages pages) {
    Scene scene = scene(clause, name, topology).paging(1);
    for (int page = 0; page < 3; page++) {
      scene.map(1, IOVA + page * PAGE, pages.small(page + 1));
    }
    topology.devices().forEach(device -> scene.attach(device.rid(), 1));
    for (int page = 0; page < 3; page++) {
      for (Topology.Device device : topology.devices()) {
        scene.read(device.rid(), IOVA + page * PAGE).succeeds();
      }
    }
    return scene;
  }

  private static Scene scene(String clause, String name, Topology topology) {
    return Scene.backend(clause, name, topology).needs(Capability.KEEPING_DEVICES);
  }

  private static BehaveAs behave(Rid device, Manner manner) {
    return new BehaveAs(device, manner);
  }

  @Clause("ATS-001")
  private static Case isOn() {
    return scene("ATS-001", "a device that is served", Topology.oneDevice())
        .then()
        .add(new ReadControl(FIRST))
        .succeeds()
        .end();
  }

  @Clause("ATS-002")
  private static Case turnedOnBehindTheEntry() {
    return scene("ATS-002", "a device that asks at once", Topology.oneDevice())
        .release(FIRST)
        .add(behave(FIRST, Manner.ASK_AT_ONCE))
        .then()
        .probe(FIRST)
        .add(new ReadControl(FIRST))
        .succeeds()
        .end();
  }

  @Clause("ATS-003")
  private static Case turnedOffBeforeTheEntry(Pages pages) {
    return given("ATS-003", "a device that asks a last time", Topology.oneDevice(), pages)
        .add(behave(FIRST, Manner.ASK_AT_ONCE))
        .then()
        .release(FIRST)
        .add(new ReadControl(FIRST))
        .faults()
        .end();
  }

  @Clause("ATS-004")
  private static Case missed(Pages pages) {
    return given("ATS-004", "a device misses an invalidation", Topology.twoDevices(), pages)
        .add(behave(FIRST, Manner.MISS_INVALIDATION))
        .then()
        .unmap(1, IOVA)
        .sync(1)
        .read(FIRST, IOVA)
        .faults()
        .read(SECOND, IOVA)
        .faults()
        .end();
  }

  @Clause("ATS-005")
  private static Case isOff(Pages pages) {
    return given("ATS-005", "a device that is not served any more", Topology.oneDevice(), pages)
        .then()
        .release(FIRST)
        .add(new ReadControl(FIRST))
        .faults()
        .read(FIRST, IOVA)
        .faults()
        .end();
  }

  @Clause("ATS-006")
  private static Case goneDevice(Pages pages) {
    return given("ATS-006", "a sync with a device that is gone", Topology.twoDevices(), pages)
        .add(behave(FIRST, Manner.GO_AWAY))
        .then()
        .unmap(1, IOVA)
        .sync(1)
        .read(SECOND, IOVA)
        .faults()
        .read(SECOND, IOVA + PAGE)
        .succeeds()
        .end();
  }

  @Clause("ATS-007")
  private static Case goneDeviceDetached(Pages pages) {
    return given("ATS-007", "a device that is gone is detached", Topology.twoDevices(), pages)
        .domain(2, DomainType.BLOCKED)
        .add(behave(FIRST, Manner.GO_AWAY))
        .then()
        .attach(FIRST, 2)
        .succeeds()
        .release(FIRST)
        .succeeds()
        .read(SECOND, IOVA)
        .succeeds()
        .unmap(1, IOVA)
        .sync(1)
        .read(SECOND, IOVA)
        .faults()
        .end();
  }

  @Clause("ATS-009")
  private static Case rights(Pages pages) {
    return scene("ATS-009", "rights of translations", Topology.oneDevice())
        .paging(1)
        .map(1, IOVA, pages.small(1), PAGE, 1, Prot.READ)
        .map(1, IOVA + PAGE, pages.small(2))
        .attach(FIRST, 1)
        .then()
        .add(ask(FIRST, IOVA))
        .succeeds()
        .add(ask(FIRST, IOVA + PAGE))
        .succeeds()
        .add(ask(FIRST, IOVA + 2 * PAGE))
        .faults()
        .unmap(1, IOVA)
        .sync(1)
        .add(ask(FIRST, IOVA))
        .faults()
        .end();
  }

  @Clause("ATS-010")
  private static Case pagesBehindTranslations() {
    return scene("ATS-010", "a device that is served again", Topology.oneDevice())
        .needs(Capability.PAGE_REQUESTS)
        .release(FIRST)
        .then()
        .probe(FIRST)
        .add(new ReadControl(FIRST))
        .succeeds()
        .end();
  }

  @Clause("ATS-010")
  private static Case pagesEndFirst() {
    return scene("ATS-010", "a device that is released", Topology.oneDevice())
        .needs(Capability.PAGE_REQUESTS)
        .then()
        .release(FIRST)
        .add(new ReadControl(FIRST))
        .faults()
        .end();
  }

  /** More invalidations of a device than most have room for, and nobody to hurry it. */
  @Clause("ATS-011")
  private static Case roomForAll(Pages pages) {
    Scene scene =
        given(
                "ATS-011",
                "many invalidations for devices that take their time",
                Topology.twoDevices(),
                pages)
            .add(behave(FIRST, Manner.COMPLETE_LATE))
            .add(behave(SECOND, Manner.COMPLETE_LATE));
    for (int pasid = 1; pasid <= MANY; pasid++) {
      scene.pasid(FIRST, pasid, 1).read(FIRST, pasid, IOVA).succeeds();
      scene.pasid(SECOND, pasid, 1).read(SECOND, pasid, IOVA).succeeds();
    }
    scene.then().unmap(1, IOVA).sync(1);
    scene.add(new ReadControl(FIRST)).succeeds().add(new ReadControl(SECOND)).succeeds();
    for (int pasid = 1; pasid <= MANY; pasid++) {
      scene.read(FIRST, pasid, IOVA).faults().read(SECOND, pasid, IOVA).faults();
    }
    return scene.end();
  }

  private static AskForTranslation ask(Rid device, long iova) {
    return new AskForTranslation(device, null, new Iova(iova));
  }

  @Clause("ATS-008")
  private static Case goesOn(Pages pages) {
    return given("ATS-008", "syncs after a time-out", Topology.twoDevices(), pages)
        .add(behave(FIRST, Manner.MISS_INVALIDATION))
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
}
