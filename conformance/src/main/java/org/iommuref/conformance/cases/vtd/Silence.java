package org.iommuref.conformance.cases.vtd;

import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.unit.call.Expect;

/**
 * What FPD decides: whether a fault is recorded, and nothing else. That the request is refused, and
 * with which reason, the cases of the reasons show. Manual 7.1.1.
 */
final class Silence {

  private Silence() {}

  /** The request must leave no record; one that is there all the same stays in nobody's way. */
  static VtdScene silent(VtdScene scene, AccessKind kind, long address) {
    return raises(scene, kind, address).nothingRecorded().clear(scene.records().index());
  }

  /** A read must leave no record. */
  static VtdScene silent(VtdScene scene, long address) {
    return silent(scene, AccessKind.READ, address);
  }

  /** The request must be recorded, with whatever reason; the record is given back. */
  static VtdScene told(VtdScene scene, AccessKind kind, long address) {
    long pending = Registers.PPF | Registers.PFO;
    return raises(scene, kind, address).expect32(Registers.FSTS, pending, Registers.PPF).giveBack();
  }

  private static VtdScene raises(VtdScene scene, AccessKind kind, long address) {
    return kind == AccessKind.WRITE
        ? scene.raisesWrite(address)
        : scene.access(kind, address, 0, Expect.ANY);
  }
}
