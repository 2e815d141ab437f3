package org.iommuref.conformance.cases;

import java.util.List;
import java.util.Set;
import org.iommuref.conformance.cases.Draft.Requester;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.backend.KeepingDevices.Manner;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.AskForTranslation;
import org.iommuref.spec.operation.BehaveAs;
import org.iommuref.spec.operation.DamageCommand;
import org.iommuref.spec.operation.EnforceCoherency;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.ReadControl;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.UnmapPages;

/**
 * Writes out what a sequence has of devices that keep translations or go away, of coherency that
 * they are told of, and of commands that hardware refuses.
 */
final class DeviceSteps {

  private static final int FIRST_COHERENT = 20;

  private final Draft draft;
  private final Pages pages;
  private final boolean hasPasids;
  private final boolean tracksDirty;
  private int coherent = FIRST_COHERENT;

  /** {@code tracksDirty} if a domain can be made that records writes. */
  DeviceSteps(Draft draft, Pages pages, boolean hasPasids, boolean tracksDirty) {
    this.draft = draft;
    this.pages = pages;
    this.hasPasids = hasPasids;
    this.tracksDirty = tracksDirty;
  }

  /** A device misses an invalidation, mostly the next one. */
  void miss(DomainId domain, Intention one) {
    unmapped(domain, one, new BehaveAs(draft.present(one.which()), Manner.MISS_INVALIDATION));
  }

  /** The next command is damaged, mostly an invalidation. */
  void damage(DomainId domain, Intention one) {
    unmapped(domain, one, new DamageCommand(draft.device(one.which())));
  }

  /** Mostly, a page that everybody in the domain has used is unmapped when that has been done. */
  private void unmapped(DomainId domain, Intention one, Operation<?> when) {
    Iova iova = Draft.address(one);
    List<Requester> users = one.much() % 3 == 0 ? List.of() : draft.in(Set.of(domain));
    users.forEach(user -> draft.add(user.read(iova)));
    draft.add(when);
    if (one.much() % 3 != 0) {
      draft.add(new UnmapPages(domain, iova, Scene.PAGE, 1 + one.much() % 4, domain.value()));
      draft.sync(domain);
    }
    users.forEach(user -> draft.add(user.read(iova)));
  }

  /** Who asks; with a PASID sometimes. */
  Requester asking(Intention one) {
    boolean withPasid = hasPasids && one.much() % 4 == 0;
    return new Requester(draft.present(one.which()), withPasid ? Draft.pasid(one.much()) : null);
  }

  void translate(Requester who, Iova page) {
    draft.add(new AskForTranslation(who.device(), who.pasid(), page));
  }

  void control(Intention one) {
    draft.add(new ReadControl(draft.present(one.which())));
  }

  /** A device is not served for a while; with its other end it may ask until ATS is off. */
  void serveAnew(Rid device, DomainId next, Intention one) {
    if (one.much() % 2 == 0) {
      draft.add(new BehaveAs(device, Manner.ASK_AT_ONCE));
    }
    draft.release(device);
    draft.add(new ReadControl(device));
    draft.probe(device);
    draft.add(new ReadControl(device));
    draft.attach(device, next);
  }

  void goAway(Rid device) {
    draft.add(new BehaveAs(device, Manner.GO_AWAY));
    draft.leaves(device);
  }

  /**
   * A domain that enforces coherency, with a device in it before or after that; what it is told of
   * a page.
   */
  void enforce(Intention one) {
    DomainId domain = new DomainId(coherent++);
    Rid device = draft.present(one.which());
    draft.add(
        tracksDirty && one.much() % 3 == 0
            ? new AllocatePaging(domain, device, false, true)
            : new AllocateDomain(domain, DomainType.PAGING));
    Iova iova = Draft.address(one);
    boolean before = one.much() % 2 == 0;
    if (before) {
      draft.attach(device, domain);
      draft.add(new Requester(device, null).read(iova));
    }
    draft.add(new EnforceCoherency(domain));
    PhysAddr page = new PhysAddr(pages.small(one.much() % 8));
    draft.add(new MapPages(domain, iova, page, Scene.PAGE, 1, Prot.READ_WRITE));
    draft.add(new SyncMap(domain, iova, Scene.PAGE));
    if (!before) {
      draft.attach(device, domain);
    }
    draft.add(new AskForTranslation(device, null, iova));
  }
}
