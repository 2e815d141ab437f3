package org.iommuref.hw.vtd.driver;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.iommuref.hw.vtd.driver.CacheTag.Kind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * A device behind a unit in scalable mode, and the domains to which its requests go: those without
 * PASID, which have the entry of PASID 0, and those with each PASID.
 *
 * <p>All that can fail is done before an entry is touched (ATT-004). Tags are assigned before an
 * entry names the domain and taken back when the entry is gone and flushed (INV-004).
 */
final class ScalableDevice implements ServedDevice {

  private final Rid rid;
  private final UnitDriver unit;
  private final PasidTables tables;
  private final PasidEntries entries;
  private final AttachOrder order;
  private final DeviceAts ats;
  private final DevicePageRequests requests;
  private final Map<Integer, Attachment> attachments = new TreeMap<>();
  private @Nullable Errno nextFailure;

  /** To which domain a PASID goes, and by which tags it is cached. */
  private record Attachment(
      PasidTables tables, int pasid, VtdDomain domain, int domainId, int unit, @Nullable Rid keeper)
      implements VtdDomain.Place {

    /** Before an entry names the domain. */
    void assignTags() {
      if (domain.hasDomainId()) {
        tags(Kind.IOTLB, Kind.DEVTLB).forEach(domain.tags()::assign);
      }
      if (domain.kind() == DomainKind.NESTED) {
        CacheTags beneath = domain.nesting().parent().tags();
        tags(Kind.NESTING_IOTLB, Kind.NESTING_DEVTLB).forEach(beneath::assign);
      }
    }

    /** When no entry does any more. */
    void unassignTags() {
      if (domain.hasDomainId()) {
        tags(Kind.IOTLB, Kind.DEVTLB).forEach(domain.tags()::unassign);
      }
      if (domain.kind() == DomainKind.NESTED) {
        CacheTags beneath = domain.nesting().parent().tags();
        tags(Kind.NESTING_IOTLB, Kind.NESTING_DEVTLB).forEach(beneath::unassign);
      }
    }

    private List<CacheTag> tags(Kind inUnit, Kind inDevice) {
      CacheTag first = new CacheTag(unit, domainId, pasid, inUnit, null);
      return keeper == null
          ? List.of(first)
          : List.of(first, new CacheTag(unit, domainId, pasid, inDevice, keeper));
    }

    @Override
    public void trackDirty(boolean enable) {
      tables.trackDirty(pasid, enable);
    }

    @Override
    public void snoopPages() {
      tables.snoopPages(pasid);
    }

    @Override
    public void endTable() {
      tables.silence(pasid);
    }
  }

  ScalableDevice(
      Rid rid,
      UnitDriver unit,
      PasidTables tables,
      PasidEntries entries,
      AttachOrder order,
      DeviceAts ats,
      DevicePageRequests requests) {
    this.rid = rid;
    this.unit = unit;
    this.tables = tables;
    this.entries = entries;
    this.order = order;
    this.ats = ats;
    this.requests = requests;
  }

  /**
   * Begins to serve the device: its context entry names an empty directory, and behind that ATS is
   * turned on, where the device has it.
   */
  void start() {
    order.begin(
        () -> unit.scalableContexts().set(rid, tables.directory(), ats.isOffered(), ats.hasPri()),
        ats::enable);
    tables.keepsTranslations(ats.isOffered());
  }

  @Override
  public void failNextAttach(Errno errno) {
    nextFailure = errno;
  }

  @Override
  public Result<Done> attach(VtdDomain next) {
    return set(PasidTables.NO_PASID, next);
  }

  /** Moves the requests of a PASID to a domain; after an error they are where they were. */
  @Clause({"ATT-001", "ATT-002", "ATT-004", "ATT-008", "PASID-001", "PASID-005", "PASID-012"})
  Result<Done> set(int pasid, VtdDomain next) {
    if (nextFailure != null) {
      Errno failure = nextFailure;
      nextFailure = null;
      return Result.err(failure);
    }
    Errno refused = refusal(next);
    if (refused != null) {
      return Result.err(refused);
    }
    if (next.kind() != DomainKind.BLOCKED && !tables.provide(pasid)) {
      return Result.err(Errno.ENOMEM);
    }
    int domainId = next.hasDomainId() ? unit.domainIds().take(next.id()) : DomainIds.IDENTITY;
    if (domainId == DomainIds.NONE) {
      return Result.err(Errno.ENOSPC);
    }
    var attachment =
        new Attachment(tables, pasid, next, domainId, unit.index(), ats.isOffered() ? rid : null);
    order.enter(attachment::assignTags, () -> change(attachment));
    next.enter(attachment);
    attachments.put(pasid, attachment);
    return Result.done();
  }

  private @Nullable Errno refusal(VtdDomain next) {
    return next.kind() == DomainKind.NESTED ? next.nesting().table().refusal(unit.parts()) : null;
  }

  /** Refuses the requests of a PASID from now on. */
  @Clause("PASID-004")
  void remove(int pasid) {
    Attachment ending = attachments.get(pasid);
    order.leave(
        () -> order.drain(() -> tables.tearDown(pasid), () -> drain(pasid, ending)),
        () -> leave(pasid));
  }

  /** Whether one of its domains is such. */
  boolean isIn(Predicate<DomainId> such) {
    return attachments.values().stream().anyMatch(each -> such.test(each.domain().id()));
  }

  /** Where its page requests arrive. */
  PageRequestRing ring() {
    return unit.pageRequests();
  }

  @Override
  public void release() {
    List.copyOf(attachments.keySet()).forEach(this::remove);
    order.end(ats::disable, () -> unit.scalableContexts().clear(rid));
    tables.free();
  }

  /**
   * Returns when no page request of a PASID is under way any more; its entry is gone, so that none
   * follows.
   */
  private void drain(int pasid, @Nullable Attachment ending) {
    if (ending == null || !requests.isTaking(rid)) {
      return;
    }
    ring()
        .drain(
            rid,
            pasid,
            () -> unit.invalidations().drainPageRequests(rid, pasid, ending.domainId()),
            requests.listener());
  }

  private void change(Attachment next) {
    remove(next.pasid());
    if (next.domain().kind() != DomainKind.BLOCKED) {
      tables.setUp(next.pasid(), entries.of(next.domain(), next.domainId()));
    }
  }

  private void leave(int pasid) {
    Attachment left = attachments.remove(pasid);
    if (left == null) {
      return;
    }
    left.unassignTags();
    VtdDomain domain = left.domain();
    if (domain.hasDomainId()) {
      unit.domainIds().put(domain.id());
    }
    domain.leave(left);
  }
}
