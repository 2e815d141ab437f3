package org.iommuref.conformance.cases;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.cases.Draft.Requester;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.DataMemory;
import org.iommuref.conformance.target.Layer;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.FlushAll;
import org.iommuref.spec.operation.IovaToPhys;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.TakeFaults;
import org.iommuref.spec.operation.UnmapPages;
import org.iommuref.spec.spi.Topology;

/**
 * Writes intentions out as operations: two or three domains, a few addresses that meet, a sync that
 * follows at last. What belongs to a theme is written by those who know it.
 */
final class SequenceWriter {

  private static final long PAGE = Scene.PAGE;
  private static final long LARGE = Scene.LARGE;
  private static final DomainId FIRST = new DomainId(1);
  private static final DomainId SECOND = new DomainId(2);
  private static final DomainId BLOCKED = new DomainId(9);
  private static final Prot[] RIGHTS = {Prot.READ_WRITE, Prot.READ_WRITE, Prot.READ};

  private final Pages pages;
  private final Draft draft;
  private final Set<Theme> themes = EnumSet.noneOf(Theme.class);
  private final RecordingSteps recording;
  private final GuestSteps guest;
  private final RequestSteps requests;
  private final DeviceSteps devices;

  SequenceWriter(HwInfo claims, DataMemory memory, List<Intention> intentions) {
    for (Intention one : intentions) {
      Theme theme = one.what().theme();
      if (theme != null) {
        themes.add(theme);
      }
    }
    boolean pasids = claims.has(Capability.PASID) && claims.has(Capability.STIMULUS_PASID);
    this.pages = new Pages(memory, claims);
    this.draft =
        new Draft(
            claims.has(Capability.TWO_DEVICES) ? Topology.twoDevices() : Topology.oneDevice());
    this.recording = new RecordingSteps(draft, pages, SECOND, themes.contains(Theme.NESTING));
    this.guest = new GuestSteps(draft, pages, pasids);
    this.requests = new RequestSteps(draft, pasids);
    this.devices = new DeviceSteps(draft, pages, pasids, claims.has(Capability.DIRTY_TRACKING));
  }

  /** The sequence of some intentions. */
  static Case write(String name, HwInfo claims, DataMemory memory, List<Intention> intentions) {
    SequenceWriter writer = new SequenceWriter(claims, memory, intentions);
    writer.begin();
    intentions.forEach(writer::write);
    if (writer.themes.contains(Theme.REQUESTS)) {
      writer.requests.end();
    }
    return new Case(
        name,
        ClauseId.parse("INV-001"),
        Set.of(),
        Set.of(),
        writer.draft.topology(),
        Layer.BACKEND,
        true,
        writer.draft.steps());
  }

  private void begin() {
    draft.topology().devices().forEach(device -> draft.probe(device.rid()));
    boolean records = themes.contains(Theme.RECORDING);
    draft.add(new AllocateDomain(FIRST, DomainType.PAGING));
    draft.add(
        records
            ? new AllocatePaging(SECOND, draft.device(0), false, true)
            : new AllocateDomain(SECOND, DomainType.PAGING));
    draft.add(new AllocateDomain(BLOCKED, DomainType.BLOCKED));
    draft.attach(draft.device(0), FIRST);
    if (themes.contains(Theme.NESTING)) {
      guest.begin(records);
    }
    if (themes.contains(Theme.REQUESTS)) {
      requests.begin(FIRST);
    }
  }

  private void write(Intention one) {
    Theme theme = one.what().theme();
    if (theme == null) {
      plain(one);
      return;
    }
    switch (theme) {
      case RECORDING -> recording(one);
      case NESTING -> nesting(one);
      case REQUESTS -> requests(one);
      case KEEPING -> keeping(one);
      case COHERENCY -> devices.enforce(one);
      case DAMAGE -> devices.damage(domain(one), one);
    }
  }

  private static DomainId domain(Intention one) {
    return new DomainId(1 + one.which() % 2);
  }

  private void plain(Intention one) {
    DomainId domain = domain(one);
    Iova iova = Draft.address(one);
    var who = new Requester(draft.present(one.which()), null);
    switch (one.what()) {
      case MAP -> map(domain, iova, pages.small(one.much() % 8), PAGE, 1 + one.much() % 3, one);
      case MAP_LARGE -> {
        recording.mapsLarge(domain);
        map(domain, largeOf(iova), pages.large(one.much() % 3), LARGE, 1, one);
      }
      case UNMAP ->
          draft.add(new UnmapPages(domain, iova, PAGE, 1 + one.much() % 4, domain.value()));
      case SYNC -> draft.sync(domain);
      case FLUSH -> draft.add(new FlushAll(domain));
      case READ -> draft.add(who.read(Draft.within(iova, one)));
      case WRITE -> draft.add(who.write(Draft.within(iova, one), draft.value()));
      case ATTACH -> draft.attach(draft.device(one.much()), domain);
      case BLOCK -> draft.attach(draft.device(one.which()), BLOCKED);
      case SET_PASID -> draft.setPasid(draft.device(one.much()), Draft.pasid(one.which()), domain);
      case REMOVE_PASID -> draft.removePasid(draft.device(one.much()), Draft.pasid(one.which()));
      case PASID_READ ->
          draft.add(
              new Requester(draft.present(one.which()), Draft.pasid(one.which()))
                  .read(Draft.within(iova, one)));
      case LOOK_UP -> draft.add(new IovaToPhys(domain, iova));
      default -> draft.add(new TakeFaults());
    }
  }

  private void recording(Intention one) {
    switch (one.what()) {
      case TRACK -> recording.track(one);
      case QUERY -> {
        if (recording.isOfParent(one)) {
          recording.begin(one);
          guest.write(one);
        }
        recording.query(one);
      }
      default -> recording.write(one);
    }
  }

  private void nesting(Intention one) {
    switch (one.what()) {
      case GUEST_ENTRY -> guest.entry(one);
      case GUEST_INVALIDATE -> guest.invalidate(one);
      case GUEST_ACCESS -> guest.access(one);
      case GUEST_ATTACH -> guest.attach(one);
      case GUEST_DOMAIN -> guest.allocateOrFree(one);
      default -> guest.page(one);
    }
  }

  private void requests(Intention one) {
    switch (one.what()) {
      case EXPECT -> requests.expect(domain(one));
      case ASK -> requests.ask(one);
      case TAKE_REQUESTS -> requests.take();
      case ANSWER -> requests.answer(one);
      default -> requests.answers(one);
    }
  }

  private void keeping(Intention one) {
    switch (one.what()) {
      case MISS -> devices.miss(domain(one), one);
      case TRANSLATE -> {
        Requester who = devices.asking(one);
        devices.translate(
            who, guest.has(who) ? new Iova(GuestSteps.address(one)) : Draft.address(one));
      }
      case CONTROL -> devices.control(one);
      case SERVE_ANEW -> {
        devices.serveAnew(draft.present(one.which()), domain(one), one);
      }
      default -> goAway(draft.device(1));
    }
  }

  /** The first device stays, so that there is somebody to make accesses. */
  private void goAway(Rid device) {
    if (!draft.isGone(device) && !device.equals(draft.device(0))) {
      if (themes.contains(Theme.REQUESTS)) {
        requests.settle(device);
      }
      devices.goAway(device);
    }
  }

  private void map(DomainId domain, Iova iova, long paddr, long size, int count, Intention one) {
    Prot prot = RIGHTS[one.much() % RIGHTS.length];
    draft.add(new MapPages(domain, iova, new PhysAddr(paddr), size, count, prot));
    draft.add(new SyncMap(domain, iova, size * count));
  }

  private static Iova largeOf(Iova iova) {
    return new Iova(iova.bytes() & -LARGE);
  }
}
