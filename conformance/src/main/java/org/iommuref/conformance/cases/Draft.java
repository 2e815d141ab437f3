package org.iommuref.conformance.cases;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.iommuref.conformance.suite.CaseStep;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.operation.Access;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.Release;
import org.iommuref.spec.operation.RemovePasid;
import org.iommuref.spec.operation.SetPasid;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/**
 * A sequence while it is written: what has been said so far, and what a caller that keeps the
 * contract has to know of it, which is the domain of each requester and what devices are gone.
 */
final class Draft {

  /** Twelve pages in two leaf tables that touch, so that ranges cross the border between them. */
  private static final long BORDER = 8 * Scene.LARGE;

  private static final int BEFORE_THE_BORDER = 4;
  private static final int PASIDS = 3;

  /** A device, with or without PASID. */
  record Requester(Rid device, @Nullable Pasid pasid) {

    Access read(Iova iova) {
      return access(DeviceAccess.read(device, iova));
    }

    Access write(Iova iova, long value) {
      return access(DeviceAccess.write(device, iova, value));
    }

    private Access access(DeviceAccess plain) {
      return new Access(pasid == null ? plain : plain.with(pasid));
    }
  }

  private final Topology topology;
  private final List<CaseStep> steps = new ArrayList<>();
  private final Map<Requester, DomainId> current = new HashMap<>();
  private final Set<Rid> gone = new HashSet<>();
  private long nextValue = Scene.VALUES;

  Draft(Topology topology) {
    this.topology = topology;
  }

  Topology topology() {
    return topology;
  }

  List<CaseStep> steps() {
    return steps;
  }

  void add(Operation<?> operation) {
    steps.add(CaseStep.of(operation));
  }

  /** A value that no write of the sequence has had. */
  long value() {
    return nextValue++;
  }

  void sync(DomainId domain) {
    add(new Sync(domain, domain.value()));
  }

  void attach(Rid device, DomainId domain) {
    DomainId old = current.put(new Requester(device, null), domain);
    add(new Attach(device, domain, old));
  }

  void setPasid(Rid device, Pasid pasid, DomainId domain) {
    DomainId old = current.put(new Requester(device, pasid), domain);
    add(new SetPasid(device, pasid, domain, old));
  }

  void removePasid(Rid device, Pasid pasid) {
    DomainId old = current.remove(new Requester(device, pasid));
    if (old != null) {
      add(new RemovePasid(device, pasid, old));
    }
  }

  void release(Rid device) {
    current.keySet().removeIf(requester -> requester.device().equals(device));
    add(new Release(device));
  }

  void probe(Rid device) {
    add(new Probe(device));
  }

  /** The device makes no access any more. */
  void leaves(Rid device) {
    gone.add(device);
  }

  boolean isGone(Rid device) {
    return gone.contains(device);
  }

  /** A device, there or gone. */
  Rid device(int pick) {
    return topology.devices().get(pick % topology.devices().size()).rid();
  }

  /** A device that is there: the first never goes. */
  Rid present(int pick) {
    Rid device = device(pick);
    return isGone(device) ? device(0) : device;
  }

  @Nullable DomainId domainOf(Requester requester) {
    return current.get(requester);
  }

  boolean isInUse(DomainId domain) {
    return current.containsValue(domain);
  }

  /** The requesters that are in one of these domains and whose devices are there, in order. */
  List<Requester> in(Set<DomainId> domains) {
    List<Requester> found = new ArrayList<>();
    for (Topology.Device device : topology.devices()) {
      for (int pasid = 0; pasid <= PASIDS && !isGone(device.rid()); pasid++) {
        var one = new Requester(device.rid(), pasid == 0 ? null : new Pasid(pasid));
        DomainId domain = current.get(one);
        if (domain != null && domains.contains(domain)) {
          found.add(one);
        }
      }
    }
    return found;
  }

  /** One of the PASIDs of a sequence. */
  static Pasid pasid(int pick) {
    return new Pasid(1 + pick % PASIDS);
  }

  /** An address of the sequence, of a page. */
  static Iova address(Intention one) {
    return new Iova(BORDER + (one.where() - BEFORE_THE_BORDER) * Scene.PAGE);
  }

  /** Where the two large pages begin that hold all addresses. */
  static Iova around() {
    return new Iova(BORDER - Scene.LARGE);
  }

  /** An address within a page. */
  static Iova within(Iova page, Intention one) {
    return page.plus(8L * (one.much() % 3) * 0xa0);
  }
}
