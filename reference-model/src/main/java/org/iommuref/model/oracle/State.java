package org.iommuref.model.oracle;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.iommuref.model.oracle.DeviceState.FailedReturn;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.spi.Topology;
import org.jspecify.annotations.Nullable;

/** All that is live, shared by the rules. */
final class State {

  /** A requester: a RID, with or without a PASID. */
  record Requester(Rid rid, @Nullable Pasid pasid) {}

  final HwInfo claims;
  final Topology topology;
  final Map<DomainId, DomainState> domains = new TreeMap<>();

  /**
   * Domains whose id was given back, by the id: an id that is used again starts empty (DOM-007).
   */
  final Map<DomainId, DomainState> freed = new HashMap<>();

  /** The devices that are served. */
  final Set<Rid> probed = new TreeSet<>();

  private final Map<Requester, DeviceState> devices = new HashMap<>();
  final HeldWrites held = new HeldWrites();
  final GuestMemory guests = new GuestMemory();

  /** Devices that have gone away: they make no access any more. */
  final Set<Rid> gone = new TreeSet<>();

  final ExpectedFaults faults;

  State(HwInfo claims, Topology topology) {
    this.claims = claims;
    this.topology = topology;
    this.faults = new ExpectedFaults();
  }

  /** The address bits that a fault record holds: those above the aperture may read 0 (FREC-003). */
  long recordedBits() {
    return claims.addressBits() < 64 ? (1L << claims.addressBits()) - 1 : -1;
  }

  DeviceState device(Rid rid, @Nullable Pasid pasid) {
    return devices.computeIfAbsent(new Requester(rid, pasid), r -> new DeviceState());
  }

  boolean knows(Rid rid) {
    return topology.devices().stream().anyMatch(device -> device.rid().equals(rid));
  }

  /** Whether another domain is nested on it. */
  boolean isNestedOn(DomainState parent) {
    return domains.values().stream()
        .anyMatch(domain -> domain.user != null && domain.user.parent() == parent);
  }

  /** Devices move: a user's table that nobody used until then is cached nowhere. */
  void move(Rid rid, @Nullable Pasid pasid, DomainState next) {
    if (next.user != null && !attached(next)) {
      next.user.begin(guests.now());
    }
    device(rid, pasid).moveTo(next);
  }

  boolean attached(DomainState domain) {
    return devices.values().stream().anyMatch(device -> device.domain == domain);
  }

  /** Whether no requester without PASID is in the domain, and no domain is nested on it. */
  boolean isOfPasidsAlone(DomainState domain) {
    return !isNestedOn(domain)
        && devices.entrySet().stream()
            .noneMatch(
                each ->
                    each.getKey().pasid() == null
                        && (each.getValue().domain == domain || each.getValue().mayStayIn(domain)));
  }

  /** Whether a device whose return from the domain failed may be in it still. */
  boolean mayBeAttached(DomainState domain) {
    return devices.values().stream().anyMatch(device -> device.mayStayIn(domain));
  }

  /** Nothing is in the domain any more: a device that may have stayed in it is blocked. */
  void leave(DomainState domain) {
    devices.values().stream()
        .filter(device -> device.mayStayIn(domain))
        .forEach(device -> device.failedReturn = new FailedReturn(domain, false));
  }

  /** The device is in no domain, and none of its PASIDs is. */
  void detach(Rid rid) {
    devices.forEach(
        (requester, device) -> {
          if (requester.rid().equals(rid)) {
            device.moveTo(null);
          }
        });
  }

  @Nullable DomainState domain(DomainId id) {
    return domains.get(id);
  }
}
