package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.DomainType;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.AllocateDomain;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.EndTable;
import org.iommuref.spec.operation.EnforceCoherency;
import org.iommuref.spec.operation.FreeDomain;
import org.iommuref.spec.operation.IovaToPhys;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;

/** Allocation, freeing and software look-up of domains. DOM. */
final class DomainRules implements Rule {

  private final State state;

  DomainRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(
        AllocateDomain.class,
        AllocatePaging.class,
        EnforceCoherency.class,
        EndTable.class,
        FreeDomain.class,
        IovaToPhys.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof AllocateDomain allocate) {
      return !state.domains.containsKey(allocate.domain())
          && (allocate.type() != DomainType.IDENTITY || state.claims.has(Capability.IDENTITY));
    }
    if (operation instanceof AllocatePaging allocate) {
      return !state.domains.containsKey(allocate.domain())
          && state.probed.contains(allocate.device())
          && (!allocate.nestParent() || state.claims.has(Capability.NESTING))
          && (!allocate.tracksDirty() || state.claims.has(Capability.DIRTY_TRACKING));
    }
    if (operation instanceof EnforceCoherency enforce) {
      DomainState domain = state.domains.get(enforce.domain());
      return state.claims.has(Capability.ENFORCED_COHERENCY)
          && domain != null
          && domain.maps()
          && !domain.hasMappings();
    }
    if (operation instanceof EndTable end) {
      DomainState domain = state.domains.get(end.domain());
      return state.claims.has(Capability.ENDING_TABLES)
          && domain != null
          && domain.maps()
          && !domain.ended
          && state.isOfPasidsAlone(domain);
    }
    if (operation instanceof FreeDomain free) {
      return state.domains.containsKey(free.domain());
    }
    DomainState asked = state.domains.get(((IovaToPhys) operation).domain());
    return asked != null && asked.user == null;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof AllocateDomain allocate) {
      if (reply instanceof Reply.Ok) {
        state.domains.put(allocate.domain(), new DomainState(allocate.type()));
      }
      return Replies.succeeds(reply, Clauses.DOM_003, "a domain of a claimed type was asked for");
    }
    if (operation instanceof AllocatePaging allocate) {
      if (reply instanceof Reply.Ok) {
        DomainState made = new DomainState(DomainType.PAGING);
        made.nestParent = allocate.nestParent();
        made.canTrack = allocate.tracksDirty();
        state.domains.put(allocate.domain(), made);
      }
      return Replies.succeeds(reply, Clauses.DOM_003, "the target claims what is asked");
    }
    if (operation instanceof EnforceCoherency enforce) {
      Objects.requireNonNull(state.domains.get(enforce.domain())).coherent = true;
      return Replies.succeeds(reply, Clauses.DOM_014, "the target claims it, nothing is mapped");
    }
    if (operation instanceof EndTable end) {
      Objects.requireNonNull(state.domains.get(end.domain())).ended = true;
      return Replies.succeeds(reply, Clauses.PASID_018, "PASIDs alone are set to the domain");
    }
    if (operation instanceof FreeDomain free) {
      return free(state, free.domain(), reply);
    }
    IovaToPhys lookUp = (IovaToPhys) operation;
    return Lookup.judge(state, lookUp.domain(), lookUp.iova(), reply);
  }

  static Judgement free(State state, DomainId id, Reply<?> reply) {
    DomainState domain = state.domains.get(id);
    if (domain != null && state.attached(domain)) {
      return Replies.failsWith(
          reply, Set.of(Errno.EBUSY), Clauses.DOM_004, "a device is attached to the domain");
    }
    if (domain != null && state.isNestedOn(domain)) {
      return Replies.failsWith(
          reply, Set.of(Errno.EBUSY), Clauses.NEST_010, "another domain is nested on it");
    }
    if (domain != null && state.mayBeAttached(domain)) {
      return freeOfUndetermined(state, id, domain, reply);
    }
    if (reply instanceof Reply.Ok && domain != null) {
      state.domains.remove(id);
      state.freed.put(id, domain);
    }
    return Replies.succeeds(reply, Clauses.DOM_004, "nothing is attached to the domain");
  }

  /** A device may be in the domain that a failed return should have taken it from. GRP-017. */
  private static Judgement freeOfUndetermined(
      State state, DomainId id, DomainState domain, Reply<?> reply) {
    boolean freed = reply instanceof Reply.Ok;
    boolean busy = reply instanceof Reply.Err<?> err && err.errno() == Errno.EBUSY;
    if (freed) {
      state.leave(domain);
      state.domains.remove(id);
      state.freed.put(id, domain);
    }
    return new Judgement(
        freed || busy,
        Clauses.DOM_004,
        Branch.MAY,
        "success or EBUSY",
        "a device may be in the domain that its driver would not let it leave");
  }
}
