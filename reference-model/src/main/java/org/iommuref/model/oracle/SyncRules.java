package org.iommuref.model.oracle;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.iommuref.model.oracle.DomainState.Former;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.operation.DamageCommand;
import org.iommuref.spec.operation.FlushAll;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;

/** The release points of former states. INV, MAP-014. */
final class SyncRules implements Rule {

  private final State state;

  SyncRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(SyncMap.class, Sync.class, FlushAll.class, DamageCommand.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    return operation instanceof DamageCommand damage
        ? state.claims.has(Capability.DAMAGED_COMMANDS) && state.knows(damage.device())
        : state.domains.containsKey(domainOf(operation));
  }

  private static DomainId domainOf(Operation<?> operation) {
    if (operation instanceof SyncMap sync) {
      return sync.domain();
    }
    return operation instanceof Sync sync ? sync.domain() : ((FlushAll) operation).domain();
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof DamageCommand) {
      return Replies.succeeds(reply, Clauses.INV_001, "the target claims damaged commands");
    }
    DomainState domain = Objects.requireNonNull(state.domains.get(domainOf(operation)));
    if (operation instanceof SyncMap sync) {
      domain.settle(sync.iova().bytes(), sync.iova().bytes() + sync.size() - 1);
      return Replies.succeeds(reply, Clauses.MAP_014, "the mapping was made");
    }
    if (operation instanceof Sync sync) {
      release(domain, former -> former.gather() == sync.gather());
      domain.cleaned(sync.gather());
    } else {
      release(domain, former -> true);
      domain.cleaned(null);
    }
    return Replies.succeeds(reply, Clauses.INV_001, "a sync cannot fail");
  }

  private void release(DomainState domain, Predicate<Former> which) {
    List<Leaf> released = domain.release(which);
    state.held.drain(domain, released);
  }
}
