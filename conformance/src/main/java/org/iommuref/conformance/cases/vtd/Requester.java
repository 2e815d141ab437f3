package org.iommuref.conformance.cases.vtd;

import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.AddressType;
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

  /** Whether it is one of the two devices that every target has. */
  boolean isUsual() {
    return rid.equals(Topology.FIRST) || rid.equals(Topology.SECOND);
  }
}
