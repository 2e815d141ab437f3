package org.iommuref.conformance.cases;

import static org.iommuref.conformance.cases.GuestTable.ADDRESS;
import static org.iommuref.conformance.cases.Scene.FIRST;
import static org.iommuref.conformance.cases.Scene.PAGE;
import static org.iommuref.conformance.cases.Scene.SECOND;

import java.util.List;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.operation.AllocateNested;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.FreeDomain;
import org.iommuref.spec.spi.Topology;

/** Users' tables on domains of a driver, at seam 2. Domain 1 is the one beneath, 2 is nested. */
final class NestedCases implements CaseSet {

  private static final int FOUR_LEVELS = 48;
  private static final int THREE_LEVELS = 39;
  private static final int UNKNOWN_FLAG = 2;

  @Override
  public List<Case> cases(Pages pages) {
    GuestTable guest = new GuestTable(pages, 1, 2);
    return List.of(
        bothStages(guest),
        rights(guest),
        nothingThere(guest),
        page(guest),
        all(guest),
        tables(guest),
        beneath(guest),
        tableBeneath(guest),
        plainParent(guest),
        parentStays(guest),
        unknownWidth(guest),
        malformed(guest),
        left(guest),
        withPasid(guest),
        mayBeUsed(guest),
        everyDevice(guest));
  }

  private static Scene given(String clause, String name, GuestTable guest, Topology topology) {
    return guest.nested(Scene.backend(clause, name, topology), false).attach(FIRST, 2);
  }

  private static Scene given(String clause, String name, GuestTable guest) {
    return given(clause, name, guest, Topology.oneDevice());
  }

  /** Both pages have been read, so that their translations can be cached. */
  private static Scene cached(String clause, String name, GuestTable guest) {
    return given(clause, name, guest)
        .read(FIRST, ADDRESS)
        .succeeds()
        .read(FIRST, ADDRESS + PAGE)
        .succeeds()
        .then();
  }

  @Clause("NEST-001")
  private static Case bothStages(GuestTable guest) {
    return given("NEST-001", "an address is translated twice", guest)
        .then()
        .read(FIRST, ADDRESS)
        .succeeds()
        .write(FIRST, ADDRESS + PAGE + 8)
        .succeeds()
        .read(FIRST, ADDRESS + PAGE)
        .succeeds()
        .end();
  }

  @Clause("NEST-002")
  private static Case rights(GuestTable guest) {
    return given("NEST-002", "a page that a user has made readable alone", guest)
        .add(guest.readOnly(ADDRESS + 2 * PAGE, 2))
        .then()
        .read(FIRST, ADDRESS + 2 * PAGE)
        .succeeds()
        .write(FIRST, ADDRESS + 2 * PAGE)
        .faults()
        .end();
  }

  @Clause("NEST-003")
  private static Case nothingThere(GuestTable guest) {
    return given("NEST-003", "nothing in the table, and nothing beneath", guest)
        .add(guest.leafTo(ADDRESS + 4 * PAGE, 0x80_0000L))
        .then()
        .read(FIRST, ADDRESS + 3 * PAGE)
        .faults()
        .read(FIRST, ADDRESS + 4 * PAGE)
        .faults()
        .read(FIRST, ADDRESS)
        .succeeds()
        .end();
  }

  @Clause("NEST-004")
  private static Case page(GuestTable guest) {
    return cached("NEST-004", "a page that is led elsewhere, and one that is removed", guest)
        .add(guest.leaf(ADDRESS, 2))
        .add(guest.invalidate(ADDRESS, 1))
        .read(FIRST, ADDRESS)
        .succeeds()
        .add(guest.nothing(ADDRESS + PAGE))
        .add(guest.invalidate(ADDRESS + PAGE, 1))
        .read(FIRST, ADDRESS + PAGE)
        .faults()
        .end();
  }

  @Clause("NEST-005")
  private static Case all(GuestTable guest) {
    return cached("NEST-005", "everything is invalidated", guest)
        .add(guest.leaf(ADDRESS, 2))
        .add(guest.nothing(ADDRESS + PAGE))
        .add(guest.invalidateAll())
        .read(FIRST, ADDRESS)
        .succeeds()
        .read(FIRST, ADDRESS + PAGE)
        .faults()
        .end();
  }

  @Clause("NEST-006")
  private static Case tables(GuestTable guest) {
    return given("NEST-006", "a table of the user is exchanged", guest)
        .read(FIRST, ADDRESS)
        .succeeds()
        .add(guest.leafOfOtherTable(ADDRESS, 2))
        .add(guest.leafOfOtherTable(ADDRESS + 2 * PAGE, 3))
        .then()
        .add(guest.otherTable())
        .add(guest.invalidateTables(ADDRESS, 3))
        .read(FIRST, ADDRESS + 2 * PAGE)
        .succeeds()
        .read(FIRST, ADDRESS)
        .succeeds()
        .read(FIRST, ADDRESS + PAGE)
        .faults()
        .end();
  }

  @Clause("NEST-007")
  private static Case beneath(GuestTable guest) {
    return cached("NEST-007", "a page is unmapped beneath", guest)
        .unmap(1, guest.data(0))
        .sync(1)
        .read(FIRST, ADDRESS)
        .faults()
        .read(FIRST, ADDRESS + PAGE)
        .succeeds()
        .end();
  }

  @Clause("NEST-008")
  private static Case tableBeneath(GuestTable guest) {
    return given("NEST-008", "the page of a user's table is exchanged beneath", guest)
        .add(guest.leafOfOtherTable(ADDRESS, 2))
        .read(FIRST, ADDRESS)
        .succeeds()
        .read(FIRST, ADDRESS + PAGE)
        .succeeds()
        .then()
        .unmap(1, guest.lowestTable())
        .sync(1)
        .read(FIRST, ADDRESS)
        .faults()
        .map(1, guest.lowestTable(), guest.otherTablePage())
        .read(FIRST, ADDRESS)
        .succeeds()
        .read(FIRST, ADDRESS + PAGE)
        .faults()
        .end();
  }

  @Clause("NEST-009")
  private static Case plainParent(GuestTable guest) {
    return given("NEST-009", "a domain that was not made to nest on", guest)
        .paging(3)
        .then()
        .add(on(3, guest.again(4, FOUR_LEVELS)))
        .faults()
        .add(guest.again(4, FOUR_LEVELS))
        .succeeds()
        .end();
  }

  private static AllocateNested on(int parent, AllocateNested given) {
    return new AllocateNested(
        given.domain(), given.device(), new DomainId(parent), given.type(), given.data());
  }

  @Clause("NEST-010")
  private static Case parentStays(GuestTable guest) {
    return guest
        .nested(Scene.backend("NEST-010", "a parent is freed"), false)
        .then()
        .add(new FreeDomain(new DomainId(1)))
        .faults()
        .add(new FreeDomain(new DomainId(2)))
        .succeeds()
        .add(new FreeDomain(new DomainId(1)))
        .succeeds()
        .end();
  }

  @Clause("NEST-011")
  private static Case unknownWidth(GuestTable guest) {
    return given("NEST-011", "a table of three levels", guest)
        .add(guest.again(3, THREE_LEVELS))
        .then()
        .add(new Attach(FIRST, new DomainId(3), new DomainId(2)))
        .faults()
        .read(FIRST, ADDRESS)
        .succeeds()
        .end();
  }

  @Clause("NEST-012")
  private static Case malformed(GuestTable guest) {
    byte[] good = GuestTable.order(ADDRESS, 1, 1);
    byte[] flag = GuestTable.order(ADDRESS + PAGE, 1, UNKNOWN_FLAG);
    byte[] misaligned = GuestTable.order(ADDRESS + PAGE + 8, 1, 1);
    byte[] all = GuestTable.order(ADDRESS, -1, 0);
    return given("NEST-012", "entries up to the first that is malformed", guest)
        .read(FIRST, ADDRESS)
        .succeeds()
        .then()
        .add(guest.nothing(ADDRESS))
        .add(guest.invalidate(List.of(good, flag, good)))
        .faults()
        .read(FIRST, ADDRESS)
        .faults()
        .add(guest.invalidate(List.of(good, good, misaligned)))
        .faults()
        .add(guest.invalidate(List.of(all)))
        .faults()
        .add(guest.invalidate(List.of()))
        .succeeds()
        .add(guest.invalidate(List.of(good, good)))
        .succeeds()
        .end();
  }

  @Clause("NEST-013")
  private static Case left(GuestTable guest) {
    return given("NEST-013", "a device goes to the domain beneath and back", guest)
        .read(FIRST, ADDRESS)
        .succeeds()
        .then()
        .attach(FIRST, 1)
        .read(FIRST, ADDRESS)
        .faults()
        .read(FIRST, guest.data(1))
        .succeeds()
        .add(guest.leaf(ADDRESS, 2))
        .attach(FIRST, 2)
        .read(FIRST, guest.data(1))
        .faults()
        .read(FIRST, ADDRESS)
        .succeeds()
        .end();
  }

  @Clause("NEST-014")
  private static Case withPasid(GuestTable guest) {
    return guest
        .nested(Scene.backend("NEST-014", "a nested domain of a PASID"), false)
        .pasid(FIRST, 5, 2)
        .read(FIRST, 5, ADDRESS)
        .succeeds()
        .then()
        .add(guest.leaf(ADDRESS, 2))
        .add(guest.invalidate(ADDRESS, 1))
        .read(FIRST, 5, ADDRESS)
        .succeeds()
        .unmap(1, guest.data(2))
        .sync(1)
        .read(FIRST, 5, ADDRESS)
        .faults()
        .removePasid(FIRST, 5)
        .read(FIRST, 5, ADDRESS + PAGE)
        .faults()
        .end();
  }

  @Clause("NEST-015")
  private static Case mayBeUsed(GuestTable guest) {
    return given("NEST-015", "what has changed and is not invalidated", guest)
        .read(FIRST, ADDRESS)
        .succeeds()
        .add(guest.nothing(ADDRESS))
        .read(FIRST, ADDRESS)
        .mayBeStale()
        .end();
  }

  @Clause("NEST-016")
  private static Case everyDevice(GuestTable guest) {
    return given("NEST-016", "two devices in one nested domain", guest, Topology.twoDevices())
        .attach(SECOND, 2)
        .read(FIRST, ADDRESS)
        .succeeds()
        .read(SECOND, ADDRESS)
        .succeeds()
        .then()
        .add(guest.nothing(ADDRESS))
        .add(guest.invalidate(ADDRESS, 1))
        .read(FIRST, ADDRESS)
        .faults()
        .read(SECOND, ADDRESS)
        .faults()
        .end();
  }
}
