package org.iommuref.hw.vtd.driver;

import org.iommuref.hw.radix.RadixTable;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.Memory.Atom;
import org.jspecify.annotations.Nullable;

/**
 * A device behind a unit in legacy mode, and the domain that it is attached to.
 *
 * <p>A domain's tag is assigned before a context entry names it and taken back after the entry has
 * been changed and flushed, so that no sync can miss the device (INV-004); all that can fail is
 * done before the entry is touched (ATT-004).
 */
final class LegacyDevice implements ServedDevice, VtdDomain.Place {

  private final Rid rid;
  private final UnitDriver unit;
  private final int addressWidth;
  private final AttachOrder order;
  private @Nullable VtdDomain domain;
  private @Nullable CacheTag tag;
  private @Nullable Errno nextFailure;

  /** A device that is blocked; {@code addressWidth} is AW of its context entries. */
  LegacyDevice(Rid rid, UnitDriver unit, int addressWidth, AttachOrder order) {
    this.rid = rid;
    this.unit = unit;
    this.addressWidth = addressWidth;
    this.order = order;
  }

  @Override
  public void failNextAttach(Errno errno) {
    nextFailure = errno;
  }

  @Override
  @Clause({"ATT-001", "ATT-002", "ATT-004", "ATT-008"})
  public Result<Done> attach(VtdDomain next) {
    if (nextFailure != null) {
      Errno failure = nextFailure;
      nextFailure = null;
      return Result.err(failure);
    }
    return switch (next.kind()) {
      case BLOCKED -> {
        change(() -> unit.contexts().clear(rid));
        yield enter(next, null);
      }
      case IDENTITY -> attachIdentity(next);
      case SECOND_STAGE -> attachPaging(next);
      case FIRST_STAGE, NESTED -> Result.err(Errno.EINVAL);
    };
  }

  @Override
  public void release() {
    change(() -> unit.contexts().clear(rid));
  }

  /** {@inheritDoc} No domain of legacy mode asks for it. */
  @Override
  public void trackDirty(boolean enable) {
    throw new IllegalStateException("legacy mode keeps no dirty bits");
  }

  /** {@inheritDoc} No entry of legacy mode says so: the leaves do. */
  @Override
  public void snoopPages() {
    throw new IllegalStateException("a context entry of legacy mode snoops no page");
  }

  /** {@inheritDoc} There is none in legacy mode. */
  @Override
  public void endTable() {
    throw new IllegalStateException("legacy mode has no PASIDs");
  }

  @Clause("DOM-002")
  private Result<Done> attachIdentity(VtdDomain next) {
    if (!unit.contexts().provide(rid)) {
      return Result.err(Errno.ENOMEM);
    }
    Atom entry =
        ContextEntry.present(ContextEntry.TT_PASS_THROUGH, addressWidth, DomainIds.IDENTITY, 0);
    change(() -> unit.contexts().set(rid, entry));
    return enter(next, null);
  }

  private Result<Done> attachPaging(VtdDomain next) {
    RadixTable table = next.ownTable();
    if (!unit.contexts().provide(rid)) {
      return Result.err(Errno.ENOMEM);
    }
    int domainId = unit.domainIds().take(next.id());
    if (domainId == DomainIds.NONE) {
      return Result.err(Errno.ENOSPC);
    }
    var nextTag = CacheTag.ofDomain(unit.index(), domainId);
    Atom entry =
        ContextEntry.present(ContextEntry.TT_SECOND_STAGE, addressWidth, domainId, table.root());
    order.enter(
        () -> next.tags().assign(nextTag), () -> change(() -> unit.contexts().set(rid, entry)));
    return enter(next, nextTag);
  }

  /** Changes the entry, and leaves the domain that it named. */
  private void change(Runnable entry) {
    order.leave(entry, this::leave);
  }

  private Result<Done> enter(VtdDomain next, @Nullable CacheTag nextTag) {
    next.enter(this);
    domain = next;
    tag = nextTag;
    return Result.done();
  }

  private void leave() {
    if (domain == null) {
      return;
    }
    if (tag != null) {
      domain.tags().unassign(tag);
      unit.domainIds().put(domain.id());
    }
    domain.leave(this);
    domain = null;
    tag = null;
  }
}
