package org.iommuref.model.core;

import java.util.Objects;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;

/**
 * Who may make the devices of a group do DMA: ordinary drivers through the default domain, or one
 * owner by domains of its own.
 *
 * <p>Open for parts that are wrong on purpose. The caller holds the group's lock.
 */
public class Ownership {

  private final CoreContext context;
  private final DomainSwitch domainSwitch;

  /** The ownership of a core. */
  public Ownership(CoreContext context, DomainSwitch domainSwitch) {
    this.context = context;
    this.domainSwitch = domainSwitch;
  }

  /** A first claim: blocks the devices, then notes the owner. Linux: __iommu_take_dma_ownership. */
  @Clause("GRP-012")
  final Result<Done> take(Group group, int owner) {
    Result<DomainId> blocking = blockingDomain(group);
    if (!blocking.isOk()) {
      return Result.err(Objects.requireNonNull(blocking.errno()));
    }
    Result<Done> blocked = block(group, blocking.value());
    if (blocked.isOk()) {
      record(group, owner, 1);
    }
    return blocked;
  }

  /** One more claim of the same owner, or one more ordinary driver. */
  final void count(Group group) {
    record(group, group.owner(), group.ownerCount() + 1);
  }

  /** One claim less; the last gives the group back. Linux: iommu_device_release_dma_owner. */
  @Clause({"GRP-013", "GRP-019"})
  protected void release(Group group) {
    if (group.ownerCount() > 1) {
      record(group, group.owner(), group.ownerCount() - 1);
    } else if (group.ownerCount() == 1 && group.owner() != 0 && group.pasids().isEmpty()) {
      record(group, 0, 0);
      leave(group);
    }
  }

  /** One ordinary driver less. Linux: iommu_device_unuse_default_domain. */
  final void unuse(Group group) {
    if (group.ownerCount() > 0 && group.pasids().isEmpty()) {
      record(group, group.owner(), group.ownerCount() - 1);
    }
  }

  /**
   * The domain of a group that leaves a user's domain: blocking if it is owned, else the default
   * one.
   */
  @Clause({"GRP-004", "GRP-005"})
  protected DomainId coreDomain(Group group) {
    DomainId blocking = group.blockingDomain();
    return group.owner() == 0 || blocking == null ? group.defaultDomain() : blocking;
  }

  /** Attaches the blocking domain for a new owner. */
  protected Result<Done> block(Group group, DomainId blocking) {
    return domainSwitch.set(group, blocking);
  }

  /** Attaches the default domain behind the last claim. */
  protected void leave(Group group) {
    var ignored = domainSwitch.mustSet(group, group.defaultDomain());
  }

  /**
   * Made when it is needed first, and kept: the driver's blocked domain, or failing that a paging
   * domain without a mapping.
   */
  protected final Result<DomainId> blockingDomain(Group group) {
    DomainId kept = group.blockingDomain();
    if (kept != null) {
      return Result.ok(kept);
    }
    if (context.domains().typeOf(group.defaultDomain()) == DomainType.BLOCKED) {
      group.keepForBlocking(group.defaultDomain()); // the driver has one, and it is static
      return Result.ok(group.defaultDomain());
    }
    Result<DomainId> made = context.domains().allocateOwn(DomainType.BLOCKED, DomainType.PAGING);
    if (made.isOk()) {
      group.keepForBlocking(made.value());
    }
    return made;
  }

  private void record(Group group, int owner, int count) {
    context.change(
        group,
        new RecordOwner(group.id(), owner, count),
        step -> group.own(step.owner(), step.count()));
  }
}
