package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.ReadDirty;
import org.iommuref.spec.operation.SetDirtyTracking;
import org.iommuref.spec.spi.Topology;

/** What a driver records of writes, at seam 2. */
final class DirtyCases implements CaseSet {

  private static final long IOVA = 0x20_0000L;
  private static final int GATHER = 1;

  @Override
  public List<Case> cases(Pages pages) {
    return List.of(
        writesAreTold(pages),
        cleanIsNotTold(pages),
        writtenAgain(pages),
        beginsWithTheCall(pages),
        withoutCleaning(pages),
        laterDevice(pages),
        rangeAlone(pages),
        withPasid(pages),
        throughNested(pages),
        throughNestedLater(pages));
  }

  /** Device 1 is in domain 1, which can record and has four pages. */
  private static Scene given(String clause, String name, Topology topology, Pages pages) {
    Scene scene =
        Scene.backend(clause, name, topology)
            .needs(Capability.DIRTY_TRACKING)
            .add(new AllocatePaging(new DomainId(1), FIRST, false, true));
    for (int page = 0; page < 4; page++) {
      scene.map(1, IOVA + page * PAGE, pages.small(page + 1));
    }
    return scene.attach(FIRST, 1);
  }

  private static Scene given(String clause, String name, Pages pages) {
    return given(clause, name, Topology.oneDevice(), pages);
  }

  private static SetDirtyTracking record() {
    return new SetDirtyTracking(new DomainId(1), true);
  }

  private static ReadDirty query(boolean clear) {
    return query(IOVA, 4, clear);
  }

  private static ReadDirty query(long iova, int pages, boolean clear) {
    return new ReadDirty(new DomainId(1), new Iova(iova), pages * PAGE, clear, GATHER);
  }

  @Clause("DIRTY-035")
  private static Case writesAreTold(Pages pages) {
    return given("DIRTY-035", "what a device has written is told", pages)
        .then()
        .add(record())
        .write(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA + 2 * PAGE + 8)
        .succeeds()
        .add(query(true))
        .succeeds()
        .sync(1)
        .write(FIRST, IOVA + PAGE)
        .succeeds()
        .add(query(true))
        .succeeds()
        .end();
  }

  @Clause("DIRTY-036")
  private static Case cleanIsNotTold(Pages pages) {
    return given("DIRTY-036", "what nobody has written since is not told", pages)
        .then()
        .add(record())
        .add(query(true))
        .faults()
        .sync(1)
        .write(FIRST, IOVA)
        .succeeds()
        .add(query(true))
        .sync(1)
        .add(query(true))
        .faults()
        .end();
  }

  @Clause("DIRTY-037")
  private static Case writtenAgain(Pages pages) {
    Scene scene =
        given("DIRTY-037", "what is written again is told again", pages).add(record()).then();
    for (int round = 0; round < 3; round++) {
      scene
          .write(FIRST, IOVA)
          .succeeds()
          .write(FIRST, IOVA + 3 * PAGE)
          .succeeds()
          .add(query(true))
          .succeeds()
          .sync(1);
    }
    return scene.end();
  }

  @Clause("DIRTY-038")
  private static Case beginsWithTheCall(Pages pages) {
    return given("DIRTY-038", "a page that was written before is told when it is again", pages)
        .write(FIRST, IOVA)
        .succeeds()
        .read(FIRST, IOVA + PAGE)
        .succeeds()
        .then()
        .add(record())
        .write(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA + PAGE)
        .succeeds()
        .add(query(true))
        .succeeds()
        .end();
  }

  @Clause("DIRTY-039")
  private static Case withoutCleaning(Pages pages) {
    return given("DIRTY-039", "a query that does not clean leaves what it tells", pages)
        .add(record())
        .write(FIRST, IOVA)
        .succeeds()
        .then()
        .add(query(false))
        .succeeds()
        .sync(1)
        .add(query(false))
        .succeeds()
        .sync(1)
        .add(query(true))
        .succeeds()
        .end();
  }

  @Clause("DIRTY-040")
  private static Case laterDevice(Pages pages) {
    return given("DIRTY-040", "a device that comes later", Topology.twoDevices(), pages)
        .add(record())
        .attach(SECOND, 1)
        .then()
        .write(SECOND, IOVA + PAGE)
        .succeeds()
        .add(query(true))
        .succeeds()
        .end();
  }

  @Clause("DIRTY-041")
  private static Case rangeAlone(Pages pages) {
    return given("DIRTY-041", "a query of one half", pages)
        .add(record())
        .write(FIRST, IOVA)
        .succeeds()
        .write(FIRST, IOVA + 2 * PAGE)
        .succeeds()
        .write(FIRST, IOVA + 3 * PAGE)
        .succeeds()
        .then()
        .add(query(IOVA + PAGE, 2, true))
        .succeeds()
        .sync(1)
        .add(query(IOVA + PAGE, 2, true))
        .faults()
        .sync(1)
        .add(query(IOVA + 3 * PAGE, 1, true))
        .succeeds()
        .sync(1)
        .add(query(IOVA, 1, true))
        .succeeds()
        .end();
  }

  @Clause("DIRTY-042")
  private static Case withPasid(Pages pages) {
    return given("DIRTY-042", "writes with a PASID, set before and after", pages)
        .pasid(FIRST, 5, 1)
        .add(write(FIRST, 5, IOVA))
        .succeeds()
        .then()
        .add(record())
        .add(write(FIRST, 5, IOVA))
        .succeeds()
        .add(query(true))
        .succeeds()
        .sync(1)
        .pasid(FIRST, 6, 1)
        .add(write(FIRST, 6, IOVA + PAGE))
        .succeeds()
        .add(query(true))
        .succeeds()
        .needs(Capability.STIMULUS_PASID)
        .end();
  }

  private static Access write(Rid device, int pasid, long iova) {
    return new Access(
        DeviceAccess.write(device, new Iova(iova), Scene.VALUES + iova + pasid)
            .with(new Pasid(pasid)));
  }

  @Clause("DIRTY-043")
  private static Case throughNested(Pages pages) {
    GuestTable guest = new GuestTable(pages, 1, 2);
    Scene scene = Scene.backend("DIRTY-043", "writes through a nested domain");
    return guest
        .nested(scene.needs(Capability.DIRTY_TRACKING), true)
        .attach(FIRST, 2)
        .write(FIRST, GuestTable.ADDRESS)
        .succeeds()
        .then()
        .add(record())
        .write(FIRST, GuestTable.ADDRESS)
        .succeeds()
        .add(guest.query())
        .succeeds()
        .sync(1)
        .write(FIRST, GuestTable.ADDRESS)
        .succeeds()
        .add(guest.query())
        .succeeds()
        .end();
  }

  @Clause("DIRTY-044")
  private static Case throughNestedLater(Pages pages) {
    GuestTable guest = new GuestTable(pages, 1, 2);
    Scene scene = Scene.backend("DIRTY-044", "a nested domain that is attached later");
    return guest
        .nested(scene.needs(Capability.DIRTY_TRACKING), true)
        .add(record())
        .attach(FIRST, 2)
        .then()
        .write(FIRST, GuestTable.ADDRESS + PAGE)
        .succeeds()
        .add(guest.query())
        .succeeds()
        .end();
  }
}
