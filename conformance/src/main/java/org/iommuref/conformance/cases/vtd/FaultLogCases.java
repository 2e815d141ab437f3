package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.stream.Stream;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.call.Expect;

/** The fault recording registers and FSTS. Manual 7.2 and 11.4.7. */
final class FaultLogCases {

  private static final long PPF = Registers.PPF;
  private static final long PFO = Registers.PFO;
  private static final long F = 1L << 31;
  private static final long T1 = 1L << 30;
  private static final long T2 = 1L << 28;

  private FaultLogCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        fields(facts),
        wideRequester(facts),
        atomic(facts),
        highestAddress(facts),
        firstIndex(facts),
        pending(facts),
        overflow(facts),
        overflowStopsRecording(facts));
  }

  /** Two devices whose accesses are all refused. */
  static VtdScene blocked(String clause, String name, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, name, facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.attach();
    tables.attach(Requester.SECOND.rid(), tables.stage, DOMAIN);
    return scene.needs(Capability.TWO_DEVICES).start().then();
  }

  /** The record of the next fault must hold requester, page and kind. */
  private static VtdScene holds(VtdScene scene, long t1, long t2, long iova) {
    int at = scene.records().next();
    scene.expect32(at + 12, F | T1, F | t1);
    scene.expect32(at + 8, T2 | 0xffff, t2 | scene.who().rid().value());
    return scene.expect64(at, -1, iova & -PAGE);
  }

  @Clause("VTD-022")
  private static Case fields(VtdFacts facts) {
    VtdScene scene = blocked("VTD-022", "requester, page, kind and reason", facts);
    long inside = IOVA + 0x7f8;
    scene.by(Requester.SECOND).touches(inside).pends(0x06);
    holds(scene, T1, 0, inside).giveBack();
    scene.by(Requester.FIRST).raisesWrite(inside + PAGE).pends(0x05);
    return holds(scene, 0, 0, inside + PAGE).giveBack().end();
  }

  /** No bus but the first has a root entry. */
  @Clause("VTD-022")
  private static Case wideRequester(VtdFacts facts) {
    VtdScene scene = blocked("VTD-022", "the ends of a requester's number", facts);
    scene.by(Requester.of(new Rid(0x8109))).touches(IOVA).pends(0x01);
    return holds(scene, T1, 0, IOVA).giveBack().end();
  }

  @Clause("VTD-022")
  private static Case atomic(VtdFacts facts) {
    VtdScene scene = blocked("VTD-022", "an atomic access", facts);
    scene.access(AccessKind.ATOMIC, IOVA, 1, Expect.ANY);
    return holds(scene, T1, T2, IOVA).end();
  }

  @Clause("VTD-022")
  private static Case highestAddress(VtdFacts facts) {
    VtdScene scene = blocked("VTD-022", "an address beyond every width", facts);
    scene.touches(-PAGE).pends(0x04);
    return scene.expect64(scene.records().next(), -1, -PAGE & facts.widestAddress()).end();
  }

  @Clause("VTD-023")
  private static Case firstIndex(VtdFacts facts) {
    VtdScene scene = blocked("VTD-023", "FRI runs through the ring", facts);
    for (int n = 0; n <= facts.faultRecordCount(); n++) {
      scene.refuses(IOVA + n * PAGE, 0x06);
    }
    return scene.end();
  }

  @Clause("VTD-024")
  private static Case pending(VtdFacts facts) {
    VtdScene scene = blocked("VTD-024", "PPF while a record is pending", facts);
    scene
        .expect32(Registers.FSTS, PPF, 0)
        .touches(IOVA)
        .expect32(Registers.FSTS, PPF, PPF)
        .write32(Registers.FSTS, PPF)
        .expect32(Registers.FSTS, PPF, PPF);
    if (facts.faultRecordCount() > 1) {
      scene.by(Requester.SECOND).touches(IOVA).clear(0).expect32(Registers.FSTS, PPF, PPF);
      return scene.clear(1).expect32(Registers.FSTS, PPF, 0).end();
    }
    return scene.clear(0).expect32(Registers.FSTS, PPF, 0).end();
  }

  /** A device that has no root entry. */
  private static Requester another(int number) {
    return Requester.of(new Rid(0x4000 + number));
  }

  /** Faults until one finds no register: where those of one device are merged, of as many. */
  private static VtdScene overflowing(String clause, String name, VtdFacts facts) {
    VtdScene scene = blocked(clause, name, facts);
    boolean merges = facts.has(Capability.FAULT_MERGING);
    for (int n = 0; n < facts.faultRecordCount(); n++) {
      scene.by(n == 0 || !merges ? Requester.FIRST : another(n)).touches(IOVA + n * PAGE);
    }
    return scene.expect32(Registers.FSTS, PFO, 0).by(Requester.SECOND).touches(IOVA + 0x10_0000);
  }

  @Clause("VTD-025")
  private static Case overflow(VtdFacts facts) {
    VtdScene scene = overflowing("VTD-025", "one fault more than there are registers", facts);
    return scene
        .expect32(Registers.FSTS, PPF | PFO, PPF | PFO)
        .expect32(scene.records().at(0) + 8, 0xffff, Requester.FIRST.rid().value())
        .expect64(scene.records().at(0), -1, IOVA)
        .end();
  }

  @Clause("VTD-026")
  private static Case overflowStopsRecording(VtdFacts facts) {
    VtdScene scene = overflowing("VTD-026", "faults while PFO is set", facts);
    for (int n = 0; n < facts.faultRecordCount(); n++) {
      scene.clear(n);
    }
    return scene
        .expect32(Registers.FSTS, PPF | PFO, PFO)
        .touches(IOVA)
        .expect32(Registers.FSTS, PPF | PFO, PFO)
        .write32(Registers.FSTS, PFO)
        .refuses(IOVA + PAGE, 0x06)
        .end();
  }
}
