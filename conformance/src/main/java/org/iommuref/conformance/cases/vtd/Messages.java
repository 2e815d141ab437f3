package org.iommuref.conformance.cases.vtd;

import java.util.List;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.FieldBits;
import org.iommuref.spec.unit.call.SentMessage.Kind;

/** What a unit must have sent. */
final class Messages {

  /** No message. */
  static final Expect NONE = of(Kind.NONE);

  private Messages() {}

  private static Expect of(Kind kind) {
    return new Expect(List.of(FieldBits.of("kind", kind)), null);
  }

  /** An interrupt. */
  static Expect interrupt(long address, long data) {
    return of(Kind.INTERRUPT).and("address", address).and("data", data);
  }

  /** An order to a device-TLB under an ITag; a PASID below 0 stands for none. */
  static Expect invalidation(Rid to, long pasid, int tag, long address, boolean range) {
    return of(Kind.DEVICE_TLB_INVALIDATION)
        .and("to", to.value())
        .and("pasid", pasid)
        .and("tag", tag)
        .and("address", address)
        .and("range", range ? 1 : 0);
  }

  /** The answer to a group of page requests; a PASID below 0 stands for none. */
  static Expect response(Rid to, long pasid, int group, int code) {
    return of(Kind.PAGE_GROUP_RESPONSE)
        .and("to", to.value())
        .and("pasid", pasid)
        .and("group", group)
        .and("code", code);
  }
}
