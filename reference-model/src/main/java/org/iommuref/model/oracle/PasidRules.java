package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.RemovePasid;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.SetPasid;
import org.jspecify.annotations.Nullable;

/** Domains of PASIDs. PASID. */
final class PasidRules implements Rule {

  private final State state;

  PasidRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(SetPasid.class, RemovePasid.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof SetPasid set) {
      return usable(set.device(), set.pasid())
          && isThere(set.domain())
          && current(set.device(), set.pasid()) == domainOrNull(set.old());
    }
    RemovePasid remove = (RemovePasid) operation;
    DomainState old = state.domains.get(remove.old());
    return usable(remove.device(), remove.pasid())
        && old != null
        && current(remove.device(), remove.pasid()) == old;
  }

  /** A domain whose table has ended is set on nothing more. */
  private boolean isThere(DomainId id) {
    DomainState domain = state.domains.get(id);
    return domain != null && !domain.ended;
  }

  private boolean usable(Rid rid, Pasid pasid) {
    return state.claims.has(Capability.PASID)
        && state.probed.contains(rid)
        && pasid.value() > 0
        && pasid.value() < state.claims.maxPasids();
  }

  private @Nullable DomainState current(Rid rid, Pasid pasid) {
    return state.device(rid, pasid).domain;
  }

  private @Nullable DomainState domainOrNull(@Nullable DomainId id) {
    return id == null ? null : state.domains.get(id);
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof RemovePasid remove) {
      state.device(remove.device(), remove.pasid()).moveTo(null);
      return Replies.succeeds(reply, Clauses.PASID_004, "removal of a PASID cannot fail");
    }
    SetPasid set = (SetPasid) operation;
    Errno failure = state.device(set.device(), null).takeFailure();
    if (failure != null) {
      return Replies.failsWith(
          reply, Set.of(failure), Clauses.ATT_004, "the driver was made to fail this call");
    }
    if (reply instanceof Reply.Ok) {
      state.move(
          set.device(), set.pasid(), Objects.requireNonNull(state.domains.get(set.domain())));
    }
    return Replies.succeeds(reply, Clauses.PASID_001, "domain and device fit");
  }
}
