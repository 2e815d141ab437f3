package org.iommuref.conformance.cases;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.iommuref.conformance.cases.Draft.Requester;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.ReadDirty;
import org.iommuref.spec.operation.SetDirtyTracking;
import org.iommuref.spec.operation.SyncMap;

/** Writes out what a sequence has of records of writes: those of domain 2, and of a parent. */
final class RecordingSteps {

  private final Draft draft;
  private final Pages pages;
  private final DomainId tracked;
  private final boolean nests;
  private final Set<DomainId> recording = new HashSet<>();
  private final Set<DomainId> withLargePages = new HashSet<>();

  /** {@code nests} if the parent of nested domains can record too. */
  RecordingSteps(Draft draft, Pages pages, DomainId tracked, boolean nests) {
    this.draft = draft;
    this.pages = pages;
    this.tracked = tracked;
    this.nests = nests;
  }

  /** A large page is mapped there, or may have been. */
  void mapsLarge(DomainId domain) {
    withLargePages.add(domain);
  }

  void track(Intention one) {
    set(one, one.much() % 4 != 0);
  }

  private void set(Intention one, boolean enable) {
    DomainId domain = domain(one);
    draft.add(new SetDirtyTracking(domain, enable));
    if (enable) {
      recording.add(domain);
    } else {
      recording.remove(domain);
    }
  }

  /** Mostly, its domain records from now on. */
  void begin(Intention one) {
    if (!recording.contains(domain(one)) && one.much() % 4 != 0) {
      set(one, true);
    }
  }

  /** Whether it is about the domain beneath a user's table. */
  boolean isOfParent(Intention one) {
    return domain(one).equals(GuestSteps.PARENT);
  }

  private DomainId domain(Intention one) {
    return nests && one.which() % 2 == 1 ? GuestSteps.PARENT : tracked;
  }

  /** A query; where it cleans, mostly with the sync that makes it whole. */
  void query(Intention one) {
    begin(one);
    DomainId domain = domain(one);
    if (domain.equals(tracked) && one.where() % 2 == 0) {
      write(one);
    }
    boolean clears = one.much() % 4 != 3;
    draft.add(query(domain, one, clears));
    if (clears && one.where() % 3 != 0) {
      draft.sync(domain);
    }
  }

  /** A query has whole entries in its range. */
  private ReadDirty query(DomainId domain, Intention one, boolean clears) {
    int gather = domain.value();
    if (domain.equals(GuestSteps.PARENT)) {
      long all = GuestTable.PAGES * Scene.PAGE;
      return new ReadDirty(domain, new Iova(GuestTable.GUEST), all, clears, gather);
    }
    if (withLargePages.contains(domain) || one.much() % 2 == 0) {
      return new ReadDirty(domain, Draft.around(), 2 * Scene.LARGE, clears, gather);
    }
    long some = (1 + one.much() % 5) * Scene.PAGE;
    return new ReadDirty(domain, Draft.address(one), some, clears, gather);
  }

  /** A write of a device in the domain, which comes there if none is, mostly to a new mapping. */
  void write(Intention one) {
    begin(one);
    List<Requester> there = draft.in(Set.of(tracked));
    if (there.isEmpty()) {
      draft.attach(draft.present(one.which()), tracked);
      there = draft.in(Set.of(tracked));
    }
    Iova page = Draft.address(one);
    if (one.much() % 3 != 0) {
      PhysAddr data = new PhysAddr(pages.small(one.much() % 8));
      draft.add(new MapPages(tracked, page, data, Scene.PAGE, 1, Prot.READ_WRITE));
      draft.add(new SyncMap(tracked, page, Scene.PAGE));
    }
    Iova iova = Draft.within(page, one);
    draft.add(there.get(one.which() % there.size()).write(iova, draft.value()));
  }
}
