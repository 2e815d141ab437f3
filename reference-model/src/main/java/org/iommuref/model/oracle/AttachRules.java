package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.FailNextAttach;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.Release;
import org.iommuref.spec.operation.Reply;
import org.jspecify.annotations.Nullable;

/** Probe, attach and replace of a RID. ATT. */
final class AttachRules implements Rule {

  private final State state;

  AttachRules(State state) {
    this.state = state;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(Probe.class, Release.class, Attach.class, FailNextAttach.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof Attach attach) {
      DeviceState device = state.device(attach.device(), null);
      return state.knows(attach.device())
          && state.probed.contains(attach.device())
          && isThere(attach.domain())
          && device.domain == domainOrNull(attach.old());
    }
    if (operation instanceof Probe probe) {
      return state.knows(probe.device()) && !state.probed.contains(probe.device());
    }
    if (operation instanceof Release release) {
      return state.probed.contains(release.device());
    }
    return state.probed.contains(((FailNextAttach) operation).device());
  }

  private boolean isThere(DomainId id) {
    DomainState domain = state.domains.get(id);
    return domain != null && !domain.ended;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof Attach attach) {
      return attach(attach, reply);
    }
    if (operation instanceof Probe probe) {
      state.probed.add(probe.device());
      return Replies.succeeds(reply, Clauses.ATT_001, "the device is in the topology");
    }
    if (operation instanceof Release release) {
      state.probed.remove(release.device());
      state.detach(release.device());
      return Replies.succeeds(reply, Clauses.ATT_005, "the device is served");
    }
    FailNextAttach fail = (FailNextAttach) operation;
    state.device(fail.device(), null).failure = fail.errno();
    return Replies.succeeds(
        reply, Clauses.ATT_004, "the target claims that attaches can be failed");
  }

  private Judgement attach(Attach attach, Reply<?> reply) {
    DeviceState device = state.device(attach.device(), null);
    Errno failure = device.takeFailure();
    if (failure != null) {
      return Replies.failsWith(
          reply, Set.of(failure), Clauses.ATT_004, "the driver was made to fail this attach");
    }
    DomainState next = Objects.requireNonNull(state.domains.get(attach.domain()));
    if (next.user != null && !next.user.hasKnownWidth()) {
      return Replies.failsWith(
          reply, Set.of(Errno.EINVAL), Clauses.NEST_011, "no unit walks a table of that width");
    }
    if (reply instanceof Reply.Ok) {
      state.move(attach.device(), null, next);
    }
    return Replies.succeeds(reply, Clauses.ATT_001, "domain and device fit");
  }

  private @Nullable DomainState domainOrNull(@Nullable DomainId id) {
    return id == null ? null : state.domains.get(id);
  }
}
