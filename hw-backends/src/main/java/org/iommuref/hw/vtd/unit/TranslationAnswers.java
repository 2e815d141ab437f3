package org.iommuref.hw.vtd.unit;

import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.TranslationCompletion.Status;

/** What a device-TLB is answered. Manual 4.2.3. */
@Clause({"VTD-179", "VTD-180", "VTD-181", "VTD-182"})
final class TranslationAnswers {

  private final VtdConfiguration unit;
  private final DeviceTlbRules rules;

  TranslationAnswers(VtdParts parts) {
    this.unit = parts.configuration();
    this.rules = parts.scalable().deviceTlbs();
  }

  /** Of a request that was translated. */
  TranslationCompletion of(DmaRequest request) {
    return request.isScalable() ? ofScalable(request) : ofLegacy(request);
  }

  private TranslationCompletion ofLegacy(DmaRequest request) {
    boolean read = (request.rights() & Rights.READ) != 0;
    boolean write = (request.rights() & Rights.WRITE) != 0 && rules.asksToWrite(request, unit);
    return with(request, request.pageShift, read, write);
  }

  private TranslationCompletion ofScalable(DmaRequest request) {
    ScalableWalk walk = request.walk;
    return with(request, walk.pageShift, walk.admitsRead(), walk.asksToWrite && walk.admitsWrite());
  }

  private TranslationCompletion with(DmaRequest request, int shift, boolean read, boolean write) {
    boolean privileged = request.hasPasid() && request.isPrivileged();
    if (!read && !write) {
      return TranslationCompletion.withoutRights();
    }
    long start = request.output() & -(1L << shift);
    return new TranslationCompletion(
        Status.SUCCESS, start, shift, read, write, rules.isSnooped(request), false, privileged);
  }

  /** Of a request that was refused. */
  TranslationCompletion refused(FaultReason reason) {
    return switch (rules.answer(reason)) {
      case UNSUPPORTED -> TranslationCompletion.without(Status.UNSUPPORTED);
      case ABORTED -> TranslationCompletion.without(Status.ABORTED);
      case NO_RIGHTS, RIGHTS -> TranslationCompletion.withoutRights();
    };
  }

  /** Whether a refusal is recorded. */
  boolean records(FaultReason reason) {
    return rules.records(reason);
  }

  /** Of a request without PASID in the interrupt range: writes, untranslated, and nothing else. */
  TranslationCompletion ofInterruptRange(DmaRequest request) {
    if (!rules.asksToWrite(request, unit)) {
      return TranslationCompletion.withoutRights();
    }
    int shift = SecondStageEntry.shift(1);
    long page = request.iova() & -(1L << shift);
    return new TranslationCompletion(Status.SUCCESS, page, shift, false, true, false, true, false);
  }
}
