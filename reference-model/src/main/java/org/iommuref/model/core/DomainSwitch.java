package org.iommuref.model.core;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.errno.Result;
import org.iommuref.spec.errno.Result.Done;
import org.jspecify.annotations.Nullable;

/**
 * The change of the domain that all devices of a group share. Linux:
 * __iommu_group_set_domain_internal.
 *
 * <p>Open for parts that are wrong on purpose. The caller holds the group's lock.
 */
public class DomainSwitch {

  private final CoreContext context;

  /** The switch of a core. */
  public DomainSwitch(CoreContext context) {
    this.context = context;
  }

  /**
   * Attaches every device, or after the first failure none: the error is the driver's, the old
   * domain stays.
   */
  @Clause({"GRP-001", "GRP-002", "ATT-010"})
  public final Result<Done> set(Group group, DomainId next) {
    if (next.equals(group.domain())) {
      return Result.done();
    }
    if (isRefused(group)) {
      return Result.err(Errno.EBUSY);
    }
    List<Member> switched = new ArrayList<>();
    for (Member member : group.members()) {
      Errno failure = attach(group, member, next, group.domain());
      if (failure != null) {
        restore(group, switched, next);
        return Result.err(failure);
      }
      switched.add(member);
    }
    record(group, next);
    return Result.done();
  }

  /**
   * Attaches what can be attached and is in the new domain whatever failed; the last error is told.
   */
  public final Result<Done> mustSet(Group group, DomainId next) {
    if (next.equals(group.domain())) {
      return Result.done();
    }
    Errno last = null;
    for (Member member : group.members()) {
      if (isPassedOver(group, member)) {
        continue;
      }
      Errno failure = attachOrBlock(group, member, next, group.domain());
      last = failure == null ? last : failure;
    }
    record(group, next);
    return last == null ? Result.done() : Result.err(last);
  }

  /** Attaches a device that comes into a group to the domain that the group is in. */
  @Clause("GRP-016")
  protected Result<Done> join(Group group, Member member) {
    DomainId now = group.domain();
    Errno failure = now == null ? null : attach(group, member, now, null);
    return failure == null ? Result.done() : Result.err(failure);
  }

  /** Sets the devices that had been switched back to the domain that the group still has. */
  @Clause("GRP-002")
  protected void restore(Group group, List<Member> switched, DomainId failed) {
    DomainId old = group.domain();
    if (old == null) {
      return; // the first attach of all has nothing to go back to
    }
    for (Member member : switched) {
      attachOrBlock(group, member, old, failed);
    }
  }

  /** Whether the domain of the group must not change: a device of it is being reset. */
  @Clause("RST-004")
  protected boolean isRefused(Group group) {
    return group.isInRecovery();
  }

  /** Whether a device is not moved with its group: it is being reset, and follows later. */
  @Clause("RST-005")
  protected boolean isPassedOver(Group group, Member member) {
    return group.resetDepth(member.rid()) > 0;
  }

  /** Whether the attach of a device to a domain is put off until its driver maps something. */
  @Clause("ATT-013")
  protected boolean isPutOff(Group group, Member member, DomainId next) {
    return group.isDeferred(member.rid()) && next.equals(group.defaultDomain());
  }

  /** Attaches the default domain to a device whose attach was put off. */
  @Clause({"ATT-014", "ATT-016"})
  protected Result<Done> attachDeferred(Group group, Member member) {
    if (isPassedOver(group, member)) {
      return Result.err(Errno.EBUSY); // a reset began after the device was found deferred
    }
    Result<Done> attached = context.backend().attach(member.rid(), group.defaultDomain(), null);
    if (attached.isOk()) {
      group.attachNow(member.rid());
    }
    return attached;
  }

  /** Attaches one device; null for success. */
  protected @Nullable Errno attach(
      Group group, Member member, DomainId next, @Nullable DomainId old) {
    if (mustNotBeBlocked(group, member, next)) {
      return Errno.EINVAL;
    }
    if (isPutOff(group, member, next)) {
      return null;
    }
    group.attachNow(member.rid());
    return context.backend().attach(member.rid(), next, old).errno();
  }

  /**
   * Attaches one device, or if its driver fails blocks it: it must not go on in a domain that is
   * freed next.
   */
  @Clause("GRP-017")
  protected @Nullable Errno attachOrBlock(
      Group group, Member member, DomainId next, @Nullable DomainId old) {
    if (mustNotBeBlocked(group, member, next)) {
      return Errno.EINVAL;
    }
    if (isPutOff(group, member, next)) {
      return null;
    }
    group.attachNow(member.rid());
    Errno failure = context.backend().attach(member.rid(), next, old).errno();
    DomainId blocking = group.blockingDomain();
    if (failure != null && blocking != null && !blocking.equals(next)) {
      var ignored = context.backend().attach(member.rid(), blocking, old);
    }
    return failure;
  }

  private boolean mustNotBeBlocked(Group group, Member member, DomainId next) {
    boolean blocks =
        next.equals(group.blockingDomain()) || context.domains().typeOf(next) == DomainType.BLOCKED;
    return member.requiresDirect() && blocks;
  }

  private void record(Group group, DomainId next) {
    context.change(group, new RecordDomain(group.id(), next), step -> group.enter(step.domain()));
  }
}
