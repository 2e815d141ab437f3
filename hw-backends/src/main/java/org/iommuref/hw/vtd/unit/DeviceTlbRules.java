package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.hw.vtd.layout.TranslationAnswer;
import org.iommuref.spec.clause.Clause;

/** What the unit makes of the answers of device-TLBs. Manual 4.3 and 6.5.2.11. */
public interface DeviceTlbRules {

  /** Nanoseconds that a device has to complete an invalidation: one minute, by ATS. */
  long TIMEOUT = 60_000_000_000L;

  /** How long a device has, in nanoseconds. */
  @Clause("VTD-168")
  default long timeout() {
    return TIMEOUT;
  }

  /** Whether a completion is an error: its tag waits for none, or for another device. */
  @Clause("VTD-169")
  default boolean isUnexpected(boolean waited, boolean fromItsDevice) {
    return !waited || !fromItsDevice;
  }

  /** Whether a translation request asks for the right to write: unless NW says no, with NWFS. */
  @Clause("VTD-181")
  default boolean asksToWrite(DmaRequest request, VtdConfiguration unit) {
    return !(request.noWrite() && unit.has(ExtendedCapability.NWFS));
  }

  /**
   * N of an answer: SNP of the leaf in legacy mode; in scalable mode PGSNP, or SNP of the leaf of a
   * second stage.
   */
  @Clause("VTD-179")
  default boolean isSnooped(DmaRequest request) {
    ScalableWalk walk = request.walk;
    return request.isScalable()
        ? walk.has(PasidEntry.PGSNP) || (walk.hasSecondStage() && walk.snooped)
        : SecondStageEntry.SNP.isSet(request.leaf);
  }

  /** Whether a translation request is answered as one of the interrupt range: without PASID. */
  @Clause("VTD-182")
  default boolean answersAsInterruptRange(DmaRequest request) {
    return !request.hasPasid() && LegacyChecks.inInterruptRange(request.iova());
  }

  /** What a translation request is told of a refusal. */
  @Clause("VTD-180")
  default TranslationAnswer answer(FaultReason reason) {
    return reason.answer();
  }

  /** Whether the refusal of a translation request is recorded: where it is no answer, and 91h. */
  @Clause("VTD-180")
  default boolean records(FaultReason reason) {
    return reason.answer() == TranslationAnswer.UNSUPPORTED
        || reason.answer() == TranslationAnswer.ABORTED
        || reason == FaultReason.SFS_10;
  }

  /** Whether wait descriptors in hand are given up when an invalidation times out. */
  @Clause("VTD-168")
  default boolean abortsWaits() {
    return true;
  }
}
