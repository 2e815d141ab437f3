package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.FaultLogCases.blocked;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;

/** Which faults share a record, and where the next one goes. Manual 7.2.1. */
final class MergingCases {

  private static final long PPF = Registers.PPF;
  private static final long PFO = Registers.PFO;
  private static final long FRI = Registers.FRI;
  private static final long F = 1L << 31;
  private static final int ABSENT = 0x06;

  private MergingCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        merged(facts),
        untouched(facts),
        whenFull(facts),
        others(facts),
        otherFunctions(facts),
        givenBack(facts),
        first(facts),
        startsOver(facts),
        goesOn(facts));
  }

  /** The first device's fault is pending in the first register. */
  private static VtdScene pending(String clause, String name, VtdFacts facts) {
    return blocked(clause, name, facts).touches(IOVA).pends(ABSENT);
  }

  private static VtdScene merging(String clause, String name, VtdFacts facts) {
    return pending(clause, name, facts).needs(Capability.FAULT_MERGING);
  }

  @Clause("VTD-214")
  private static Case merged(VtdFacts facts) {
    VtdScene scene = merging("VTD-214", "two faults of one device", facts);
    scene.touches(IOVA + PAGE).raisesWrite(IOVA + 2 * PAGE);
    return scene.giveBack().end();
  }

  @Clause("VTD-215")
  private static Case untouched(VtdFacts facts) {
    VtdScene scene = merging("VTD-215", "records, FRI and the next register", facts);
    for (int n = 1; n <= facts.faultRecordCount() + 1; n++) {
      scene.touches(IOVA + n * PAGE).pends(ABSENT).expect64(scene.records().at(0), -1, IOVA);
    }
    scene.giveBack().by(Requester.SECOND).refuses(IOVA, ABSENT);
    return scene.end();
  }

  /** Merging comes before the look for a free register. */
  @Clause("VTD-215")
  private static Case whenFull(VtdFacts facts) {
    VtdScene scene = merging("VTD-215", "when no register is free", facts);
    scene.only(facts.faultRecordCount() <= 2);
    Requester last = facts.faultRecordCount() == 2 ? Requester.SECOND : Requester.FIRST;
    scene.by(last).touches(IOVA + PAGE);
    for (Requester device : new Requester[] {Requester.FIRST, last}) {
      scene.by(device).touches(IOVA + 2 * PAGE).expect32(Registers.FSTS, PPF | PFO | FRI, PPF);
    }
    for (int n = 0; n < facts.faultRecordCount(); n++) {
      scene.clear(n);
    }
    return scene.nothingRecorded().refuses(IOVA, ABSENT).end();
  }

  @Clause("VTD-216")
  private static Case others(VtdFacts facts) {
    VtdScene scene = pending("VTD-216", "of two devices", facts);
    scene.only(facts.faultRecordCount() > 1).by(Requester.SECOND).touches(IOVA);
    return recordedNext(scene, Requester.SECOND).end();
  }

  /** Every bit of the requester counts. */
  @Clause("VTD-216")
  private static Case otherFunctions(VtdFacts facts) {
    VtdScene scene = blocked("VTD-216", "of devices that differ in one bit", facts);
    scene.only(facts.faultRecordCount() > 1);
    for (int bit = 0; bit < Character.SIZE; bit++) {
      Requester like = Requester.of(new Rid(Requester.FIRST.rid().value() ^ 1 << bit));
      scene.by(Requester.FIRST).touches(IOVA).by(like).touches(IOVA);
      recordedNext(scene, like);
      for (int n = 0; n < 2; n++) {
        scene.clear(scene.records().index()).records().skip(1);
      }
    }
    return scene.nothingRecorded().end();
  }

  /** Beside the record to come there is another, which is of that device. */
  private static VtdScene recordedNext(VtdScene scene, Requester device) {
    int second = (scene.records().index() + 1) % scene.facts.faultRecordCount();
    int at = scene.records().at(second);
    scene.expect32(at + 12, F, F);
    return scene.expect32(at + 8, 0xffff, device.rid().value());
  }

  @Clause("VTD-216")
  private static Case givenBack(VtdFacts facts) {
    VtdScene scene = pending("VTD-216", "after the record was given back", facts);
    scene.giveBack();
    for (int n = 0; n <= facts.faultRecordCount(); n++) {
      scene.refuses(IOVA + n * PAGE, ABSENT);
    }
    return scene.end();
  }

  @Clause("VTD-217")
  private static Case first(VtdFacts facts) {
    VtdScene scene = blocked("VTD-217", "the second of two faults", facts);
    scene.only(facts.faultRecordCount() > 1);
    for (int n = 0; n < 2; n++) {
      long index = (long) scene.records().index() << 8;
      scene.by(Requester.FIRST).touches(IOVA).expect32(Registers.FSTS, PPF | FRI, PPF | index);
      scene.by(Requester.SECOND).touches(IOVA).expect32(Registers.FSTS, PPF | FRI, PPF | index);
      scene.clear(scene.records().index()).expect32(Registers.FSTS, PPF | FRI, PPF | index);
      scene.records().skip(1);
      scene.clear(scene.records().index()).records().skip(1);
      scene.by(Requester.FIRST).refuses(IOVA, ABSENT);
    }
    return scene.end();
  }

  @Clause("VTD-218")
  private static Case startsOver(VtdFacts facts) {
    VtdScene scene = pending("VTD-218", "after translation was off", facts).giveBack();
    scene.only(facts.faultRecordCount() > 1);
    scene.level(Registers.TE, false).level(Registers.TE, true);
    return scene.refuses(IOVA, ABSENT).refuses(IOVA, ABSENT).end();
  }

  @Clause("VTD-218")
  private static Case goesOn(VtdFacts facts) {
    VtdScene scene = pending("VTD-218", "while interrupts are remapped", facts).giveBack();
    scene.only(facts.faultRecordCount() > 1 && facts.has(Feature.IR));
    long mode = facts.has(Feature.EIMER) ? Registers.EIME : 0;
    scene.write64(Registers.IRTA, scene.page() | mode | Remapping.SIZE).command(Registers.SIRTP);
    scene.submit(Descriptors.allInterruptEntries()).level(Registers.IRE, true);
    scene.level(Registers.TE, false).level(Registers.TE, true).refuses(IOVA, ABSENT);
    scene.level(Registers.IRE, false).refuses(IOVA, ABSENT);
    scene.level(Registers.TE, false).level(Registers.TE, true);
    return scene.refuses(IOVA, ABSENT).end();
  }
}
