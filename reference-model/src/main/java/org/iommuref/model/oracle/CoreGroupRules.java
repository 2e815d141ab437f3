package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.model.oracle.CoreState.Group;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAttachDevice;
import org.iommuref.spec.operation.CoreAttachGroup;
import org.iommuref.spec.operation.CoreClaimOwner;
import org.iommuref.spec.operation.CoreDetachDevice;
import org.iommuref.spec.operation.CoreDetachGroup;
import org.iommuref.spec.operation.CoreGroupOf;
import org.iommuref.spec.operation.CoreReleaseOwner;
import org.iommuref.spec.operation.CoreReplaceGroup;
import org.iommuref.spec.operation.CoreUnuseDefault;
import org.iommuref.spec.operation.CoreUseDefault;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

/** Groups: attach, replace, detach, and the owner of DMA. GRP. */
final class CoreGroupRules implements Rule {

  private final State state;
  private final CoreState core;

  CoreGroupRules(State state, CoreState core) {
    this.state = state;
    this.core = core;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(
        CoreGroupOf.class,
        CoreAttachDevice.class,
        CoreDetachDevice.class,
        CoreAttachGroup.class,
        CoreReplaceGroup.class,
        CoreDetachGroup.class,
        CoreClaimOwner.class,
        CoreReleaseOwner.class,
        CoreUseDefault.class,
        CoreUnuseDefault.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof CoreAttachGroup attach) {
      return core.has(attach.group()) && known(attach.domain());
    }
    if (operation instanceof CoreReplaceGroup replace) {
      return core.has(replace.group()) && known(replace.domain());
    }
    if (operation instanceof CoreDetachGroup detach) {
      return core.has(detach.group()) && known(detach.domain());
    }
    if (operation instanceof CoreAttachDevice attach) {
      return known(attach.domain());
    }
    if (operation instanceof CoreDetachDevice detach) {
      return core.has(detach.device()) && known(detach.domain());
    }
    if (operation instanceof CoreReleaseOwner release) {
      return inUse(release.device(), true);
    }
    if (operation instanceof CoreUnuseDefault unuse) {
      return inUse(unuse.device(), false);
    }
    if (operation instanceof CoreClaimOwner claim) {
      return core.has(claim.device());
    }
    if (operation instanceof CoreUseDefault use) {
      return core.has(use.device());
    }
    return core.has(((CoreGroupOf) operation).device());
  }

  /** Whether the device's group is in use without a PASID: by an owner, or by kernel drivers. */
  private boolean inUse(Rid device, boolean owned) {
    if (!core.has(device)) {
      return false;
    }
    Group group = core.groupOf(device);
    return group.ownerCount > 0 && (group.owner != null) == owned && group.pasids.isEmpty();
  }

  private boolean known(DomainId domain) {
    return state.domains.containsKey(domain);
  }

  private DomainState domain(DomainId id) {
    return Objects.requireNonNull(state.domains.get(id));
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof CoreAttachGroup attach) {
      return attach(core.group(attach.group()), attach.domain(), reply);
    }
    if (operation instanceof CoreAttachDevice attach) {
      return attachDevice(attach, reply);
    }
    if (operation instanceof CoreReplaceGroup replace) {
      return set(core.group(replace.group()), domain(replace.domain()), reply);
    }
    if (operation instanceof CoreDetachGroup detach) {
      return detach(core.group(detach.group()), reply);
    }
    if (operation instanceof CoreDetachDevice detach) {
      return detachDevice(detach, reply);
    }
    if (operation instanceof CoreGroupOf which) {
      return Replies.yields(
          reply, core.idOf(which.device()), Clauses.GRP_001, "the group of the topology");
    }
    return judgeOwner(operation, reply);
  }

  private Judgement attachDevice(CoreAttachDevice attach, Reply<?> reply) {
    if (!core.has(attach.device())) {
      return fails(reply, Errno.ENODEV, Clauses.GRP_007, "the device is in no group");
    }
    Group group = core.groupOf(attach.device());
    if (group.members.size() > 1) {
      return fails(reply, Errno.EINVAL, Clauses.GRP_006, "the group has other members");
    }
    return attach(group, attach.domain(), reply);
  }

  private Judgement attach(Group group, DomainId id, Reply<?> reply) {
    if (!group.inCoreDomain()) {
      return fails(
          reply, Errno.EBUSY, Clauses.GRP_003, "the group is in a domain of somebody else");
    }
    if (core.isOfOtherDriver(group)) {
      return fails(reply, Errno.EINVAL, Clauses.GRP_008, "the domain is of another driver");
    }
    return set(group, domain(id), reply);
  }

  /** All members move, or none. */
  private Judgement set(Group group, DomainState next, Reply<?> reply) {
    if (group.domain == next) {
      return Replies.succeeds(reply, inForce(group), "the group is in that domain already");
    }
    if (core.isInRecovery(group)) {
      return fails(reply, Errno.EBUSY, Clauses.RST_004, "a device of the group is being reset");
    }
    Errno failure = core.failAttach(group);
    if (failure != null) {
      return fails(reply, failure, Clauses.GRP_002, "the attach of a member was made to fail");
    }
    if (reply instanceof Reply.Ok) {
      core.move(group, next);
    }
    return Replies.succeeds(reply, Clauses.GRP_001, "every member can be attached");
  }

  private ClauseId inForce(Group group) {
    return core.isInRecovery(group) ? Clauses.RST_012 : Clauses.GRP_001;
  }

  private Judgement detach(Group group, Reply<?> reply) {
    core.returnTo(group, group.coreDomain());
    ClauseId clause = group.owner == null ? Clauses.GRP_004 : Clauses.GRP_005;
    return Replies.succeeds(reply, clause, "a detach cannot fail");
  }

  private Judgement detachDevice(CoreDetachDevice detach, Reply<?> reply) {
    Group group = core.groupOf(detach.device());
    if (group.members.size() == 1 && group.domain == domain(detach.domain())) {
      return detach(group, reply);
    }
    return Replies.succeeds(reply, Clauses.GRP_004, "not the group's domain: nothing happens");
  }

  private Judgement judgeOwner(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof CoreClaimOwner claim) {
      return claim(core.groupOf(claim.device()), claim.owner(), reply);
    }
    if (operation instanceof CoreReleaseOwner release) {
      Group group = core.groupOf(release.device());
      group.ownerCount--;
      if (group.ownerCount == 0) {
        group.owner = null;
        core.returnTo(group, group.defaultDomain);
      }
      return Replies.succeeds(reply, Clauses.GRP_013, "the group is owned");
    }
    if (operation instanceof CoreUseDefault use) {
      return useDefault(core.groupOf(use.device()), reply);
    }
    core.groupOf(((CoreUnuseDefault) operation).device()).ownerCount--;
    return Replies.succeeds(reply, Clauses.GRP_014, "a driver is bound");
  }

  private Judgement claim(Group group, int owner, Reply<?> reply) {
    if (owner == 0) {
      return fails(reply, Errno.EINVAL, Clauses.GRP_018, "nobody is named as the owner");
    }
    if (group.ownerCount > 0) {
      if (!Objects.equals(group.owner, owner)) {
        ClauseId clause = group.owner == null ? Clauses.GRP_015 : Clauses.GRP_009;
        return fails(reply, Errno.EPERM, clause, "somebody else uses the group");
      }
      group.ownerCount++;
      return Replies.succeeds(reply, Clauses.GRP_010, "the same owner claims again");
    }
    if (group.domain != group.defaultDomain || !group.pasids.isEmpty()) {
      return fails(reply, Errno.EBUSY, Clauses.GRP_011, "the group is not in its default domain");
    }
    group.blockingMade = true;
    if (core.isInRecovery(group)) {
      return fails(reply, Errno.EBUSY, Clauses.RST_004, "a device of the group is being reset");
    }
    if (core.cannotBeBlocked(group)) {
      return fails(reply, Errno.EINVAL, Clauses.GRP_027, "firmware needs a device mapped");
    }
    Errno failure = core.failAttach(group);
    if (failure != null) {
      return fails(reply, failure, Clauses.GRP_002, "the attach of a member was made to fail");
    }
    group.owner = owner;
    group.ownerCount = 1;
    core.move(group, group.blockingDomain);
    return Replies.succeeds(reply, Clauses.GRP_012, "nobody uses the group");
  }

  private static Judgement useDefault(Group group, Reply<?> reply) {
    boolean taken =
        group.ownerCount > 0
            && (group.domain != group.defaultDomain
                || group.owner != null
                || !group.pasids.isEmpty());
    if (taken) {
      return fails(reply, Errno.EBUSY, Clauses.GRP_014, "a user owns the group");
    }
    group.ownerCount++;
    return Replies.succeeds(reply, Clauses.GRP_014, "no user owns the group");
  }

  private static Judgement fails(Reply<?> reply, Errno errno, ClauseId clause, String why) {
    return Replies.failsWith(reply, Set.of(errno), clause, why);
  }
}
