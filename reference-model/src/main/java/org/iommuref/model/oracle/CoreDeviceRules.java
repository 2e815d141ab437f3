package org.iommuref.model.oracle;

import java.util.Objects;
import java.util.Set;
import org.iommuref.model.oracle.CoreState.Group;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreAddDevice;
import org.iommuref.spec.operation.CoreDeferredAttach;
import org.iommuref.spec.operation.CoreFinishReset;
import org.iommuref.spec.operation.CorePrepareReset;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.spi.DeviceTraits.Feature;

/** Devices that are plugged in, that are reset, and whose attach was put off. RST, ATT, GRP. */
final class CoreDeviceRules implements Rule {

  private final State state;
  private final CoreState core;

  CoreDeviceRules(State state, CoreState core) {
    this.state = state;
    this.core = core;
  }

  @Override
  public Set<Class<? extends Operation<?>>> judges() {
    return Set.of(
        CoreAddDevice.class,
        CorePrepareReset.class,
        CoreFinishReset.class,
        CoreDeferredAttach.class);
  }

  @Override
  public boolean wellFormed(Operation<?> operation) {
    if (operation instanceof CoreAddDevice add) {
      return state.knows(add.device())
          && !core.has(add.device())
          && core.has(add.group())
          && state.device(add.device(), null).failure == null;
    }
    if (operation instanceof CorePrepareReset prepare) {
      return core.has(prepare.device());
    }
    if (operation instanceof CoreFinishReset finish) {
      Rid device = finish.device();
      return core.has(device)
          && (!usesAts(device) || core.isInReset(device))
          && state.device(device, null).failure == null; // a driver must not fail the return
    }
    Rid device = ((CoreDeferredAttach) operation).device();
    return core.has(device) && core.groupOf(device).domain == core.groupOf(device).defaultDomain;
  }

  @Override
  public Judgement judge(Operation<?> operation, Reply<?> reply) {
    if (operation instanceof CoreAddDevice add) {
      core.join(add.device(), add.group());
      return Replies.yields(reply, add.group(), Clauses.GRP_016, "the device comes to others");
    }
    if (operation instanceof CorePrepareReset prepare) {
      return usesAts(prepare.device())
          ? prepare(prepare.device(), reply)
          : Replies.succeeds(reply, Clauses.RST_007, "the device cannot use ATS");
    }
    if (operation instanceof CoreFinishReset finish) {
      if (usesAts(finish.device())) {
        finish(finish.device());
      }
      return Replies.succeeds(reply, Clauses.RST_002, "the end of a reset cannot fail");
    }
    return deferred(((CoreDeferredAttach) operation).device(), reply);
  }

  private boolean usesAts(Rid device) {
    return state.topology.traitsOf(device).has(Feature.ATS);
  }

  private Judgement prepare(Rid rid, Reply<?> reply) {
    Group group = core.groupOf(rid);
    if (!core.isInReset(rid)) {
      DeviceState device = state.device(rid, null);
      group.blockingMade = true;
      Errno failure = group.domain == group.blockingDomain ? null : device.takeFailure();
      if (failure != null) {
        return Replies.failsWith(
            reply, Set.of(failure), Clauses.RST_008, "the device was made to fail");
      }
      device.moveTo(group.blockingDomain);
      core.deferred.remove(rid);
      group.pasids.keySet().forEach(pasid -> state.device(rid, pasid).moveTo(null));
    }
    core.resets.merge(rid, 1, Integer::sum);
    return Replies.succeeds(reply, Clauses.RST_001, "the device can be blocked");
  }

  private void finish(Rid rid) {
    int left = Objects.requireNonNull(core.resets.get(rid)) - 1;
    if (left > 0) {
      core.resets.put(rid, left);
      return;
    }
    core.resets.remove(rid);
    Group group = core.groupOf(rid);
    state.device(rid, null).moveTo(group.domain);
    group.pasids.forEach((pasid, domain) -> state.device(rid, pasid).moveTo(domain));
  }

  private Judgement deferred(Rid rid, Reply<?> reply) {
    if (!core.deferred.contains(rid)) {
      return Replies.succeeds(reply, Clauses.ATT_014, "the device is attached");
    }
    DeviceState device = state.device(rid, null);
    Errno failure = device.takeFailure();
    if (failure != null) {
      return Replies.failsWith(
          reply, Set.of(failure), Clauses.ATT_016, "the device was made to fail");
    }
    core.deferred.remove(rid);
    device.moveTo(core.groupOf(rid).defaultDomain);
    return Replies.succeeds(reply, Clauses.ATT_014, "the default domain can be attached");
  }
}
