package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.model.oracle.CoreState.Group;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAttachPasid;
import org.iommuref.spec.operation.CoreDetachPasid;
import org.iommuref.spec.operation.CoreReplacePasid;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

/** The PASIDs of groups. PASID. */
final class CorePasidRules implements Rule {

  private final State state;
  private final CoreState core;

  CorePasidRules(State state, CoreState core) {
    this.state = state;
    this.core = core;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(CoreAttachPasid.class, CoreReplacePasid.class, CoreDetachPasid.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof CoreAttachPasid attach) {
      return core.has(attach.device()) && state.domains.containsKey(attach.domain());
    }
    if (operation instanceof CoreReplacePasid replace) {
      return state.claims.has(Capability.PASID)
          && core.has(replace.device())
          && state.domains.containsKey(replace.domain());
    }
    CoreDetachPasid detach = (CoreDetachPasid) operation;
    DomainState domain = state.domains.get(detach.domain());
    return domain != null
        && core.has(detach.device())
        && core.groupOf(detach.device()).pasids.get(detach.pasid()) == domain;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof CoreDetachPasid detach) {
      core.move(core.groupOf(detach.device()), detach.pasid(), null);
      return Replies.succeeds(reply, Clauses.PASID_004, "a detach cannot fail");
    }
    if (operation instanceof CoreAttachPasid attach) {
      return attach(core.groupOf(attach.device()), attach.pasid(), attach.domain(), reply);
    }
    CoreReplacePasid replace = (CoreReplacePasid) operation;
    return replace(core.groupOf(replace.device()), replace.pasid(), replace.domain(), reply);
  }

  private Judgement attach(Group group, Pasid pasid, DomainId id, Reply<?> reply) {
    if (!state.claims.has(Capability.PASID)) {
      return fails(reply, Errno.EOPNOTSUPP, Clauses.PASID_009, "the driver has no PASIDs");
    }
    if (core.isOfOtherDriver(group)) {
      return fails(reply, Errno.EINVAL, Clauses.GRP_008, "the domain is of another driver");
    }
    if (pasid.value() == 0) {
      return fails(reply, Errno.EINVAL, Clauses.PASID_006, "PASID 0 stands for no PASID");
    }
    if (core.isInRecovery(group)) {
      return fails(reply, Errno.EBUSY, Clauses.RST_009, "a device of the group is being reset");
    }
    if (pasid.value() >= state.claims.maxPasids()) {
      return fails(reply, Errno.EINVAL, Clauses.PASID_007, "more than the device has");
    }
    if (group.pasids.containsKey(pasid)) {
      return fails(reply, Errno.EBUSY, Clauses.PASID_008, "the PASID of the group is set");
    }
    return set(group, pasid, id, Clauses.PASID_011, reply);
  }

  private Judgement replace(Group group, Pasid pasid, DomainId id, Reply<?> reply) {
    if (pasid.value() == 0) {
      return fails(reply, Errno.EINVAL, Clauses.PASID_006, "PASID 0 stands for no PASID");
    }
    if (core.isInRecovery(group)) {
      return fails(reply, Errno.EBUSY, Clauses.RST_010, "a device of the group is being reset");
    }
    if (!group.pasids.containsKey(pasid)) {
      return fails(reply, Errno.EINVAL, Clauses.PASID_010, "the PASID of the group is not set");
    }
    if (group.pasids.get(pasid) == state.domains.get(id)) {
      return Replies.succeeds(reply, Clauses.PASID_010, "the PASID is in that domain already");
    }
    return set(group, pasid, id, Clauses.PASID_012, reply);
  }

  private Judgement set(Group group, Pasid pasid, DomainId id, ClauseId rollback, Reply<?> reply) {
    Errno failure = core.takeFailure(group);
    if (failure != null) {
      return fails(reply, failure, rollback, "a member was made to fail");
    }
    if (reply instanceof Reply.Ok) {
      core.move(group, pasid, Objects.requireNonNull(state.domains.get(id)));
    }
    return Replies.succeeds(reply, Clauses.PASID_001, "every member can be set");
  }

  private static Judgement fails(Reply<?> reply, Errno errno, ClauseId clause, String why) {
    return Replies.failsWith(reply, Set.of(errno), clause, why);
  }
}
