package org.iommuref.conformance.cases.vtd;

import java.util.EnumSet;
import java.util.Set;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.call.DeviceCall.Dma;
import org.iommuref.spec.unit.call.DeviceCall.Translate;
import org.iommuref.spec.unit.call.Expect;
import org.jspecify.annotations.Nullable;

/**
 * Who makes a request and how, as a bus carries it.
 *
 * @param rid the requester id
 * @param pasid that the request carries, or null
 * @param privileged whether it asks for privileged mode
 * @param type what its address is
 */
record Requester(Rid rid, @Nullable Pasid pasid, boolean privileged, AddressType type) {

  /** The first device, without PASID. */
  static final Requester FIRST = of(Topology.FIRST);

  /** The second device, without PASID. */
  static final Requester SECOND = of(Topology.SECOND);

  /** A device, without PASID. */
  static Requester of(Rid rid) {
    return new Requester(rid, null, false, AddressType.UNTRANSLATED);
  }

  /** The same with a PASID. */
  Requester with(int number) {
    return new Requester(rid, new Pasid(number), privileged, type);
  }

  /** The same in privileged mode. */
  Requester supervisor() {
    return new Requester(rid, pasid, true, type);
  }

  /** The same with addresses that its device-TLB has translated. */
  Requester translated() {
    return new Requester(rid, pasid, privileged, AddressType.TRANSLATED);
  }

  /** What must be possible for it to make requests. */
  Set<Capability> needs() {
    Set<Capability> needs = EnumSet.noneOf(Capability.class);
    if (rid.equals(Topology.SECOND)) {
      needs.add(Capability.TWO_DEVICES);
    } else if (!rid.equals(Topology.FIRST)) {
      needs.add(Capability.ANY_REQUESTER);
    }
    if (pasid != null) {
      needs.add(Capability.STIMULUS_PASID);
    }
    if (privileged) {
      needs.add(Capability.STIMULUS_PRIVILEGED);
    }
    if (type != AddressType.UNTRANSLATED) {
      needs.add(Capability.STIMULUS_ATS);
    }
    return needs;
  }

  /** An access by it. */
  Dma access(AccessKind kind, long address, long value, Expect expect) {
    return new Dma(rid, pasid, privileged, type, address, kind, value, expect);
  }

  /** A request for a translation by it. */
  Translate asks(long address, boolean noWrite, Expect expect) {
    return new Translate(rid, pasid, privileged, address, noWrite, expect);
  }
}
