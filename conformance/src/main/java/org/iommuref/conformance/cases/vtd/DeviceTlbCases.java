package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Radix.D;
import static org.iommuref.conformance.cases.vtd.Radix.READ;
import static org.iommuref.conformance.cases.vtd.Radix.RW;
import static org.iommuref.conformance.cases.vtd.Radix.SNP;
import static org.iommuref.conformance.cases.vtd.ScalableTables.DTE;
import static org.iommuref.conformance.cases.vtd.ScalableTables.EPTR;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PRE;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.TranslationCompletion.Status;
import org.iommuref.spec.unit.call.DeviceCall.CompleteInvalidation;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.FieldBits;
import org.iommuref.spec.unit.call.UnitCall.Elapse;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;

/**
 * Device-TLBs in scalable mode: what they are answered, and how they are invalidated. Manual 4.1 to
 * 4.3, 6.5.2.
 */
final class DeviceTlbCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final Rid SECOND = Requester.SECOND.rid();
  private static final long MINUTES = 200_000_000_000L;
  private static final int NO_PASID = -1;
  private static final int ADDRESS_TYPE = 28;

  private DeviceTlbCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        notEnabled(facts),
        pasidOfTranslated(facts),
        translated(facts),
        translatedWithPasid(facts),
        completion(facts),
        secondStageCompletion(facts),
        privileged(facts),
        refusals(facts),
        noWrite(facts),
        noWriteWithoutSupport(facts),
        interruptRange(facts),
        addressType(facts),
        sent(facts),
        sentWhole(facts),
        sentForFunction(facts),
        tags(facts),
        timeOut(facts),
        unexpected(facts),
        response(facts));
  }

  private static VtdScene devices(ScalableScene s, Feature... features) {
    s.scene().needs(Capability.STIMULUS_ATS).only(s.scene().facts.has(Feature.DT));
    for (Feature feature : features) {
      s.scene().only(s.scene().facts.has(feature));
    }
    return s.scene();
  }

  static Expect status(Status status) {
    return new Expect(List.of(FieldBits.of("status", status)), null);
  }

  static Expect page(long address, int shift, boolean read, boolean write) {
    return status(Status.SUCCESS)
        .and("address", address)
        .and("shift", shift)
        .and("read", read ? 1 : 0)
        .and("write", write ? 1 : 0)
        .and("untranslatedOnly", 0);
  }

  static Expect withoutRights() {
    return status(Status.SUCCESS).and("read", 0).and("write", 0);
  }

  @Clause("VTD-175")
  private static Case notEnabled(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-175", "DTE clear", facts);
    VtdScene scene = devices(s);
    scene.asks(IOVA, false, page(scene.page(1), 12, true, true));
    scene.by(Requester.FIRST.translated()).reads(scene.page(1), 1);
    scene.script.change(s.tables().contextAt(), 0, DTE | PRE);
    scene.forgetAll().refuses(scene.page(1), 0x44).by(Requester.FIRST);
    return scene.asks(IOVA, false, status(Status.UNSUPPORTED)).recorded(0x44).end();
  }

  @Clause("VTD-176")
  private static Case pasidOfTranslated(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-176", "EPTR clear", facts);
    VtdScene scene = devices(s, Feature.PTRS);
    s.tables().put(FIRST, PASID, s.entry());
    scene.by(Requester.FIRST.with(PASID).translated()).reads(scene.page(1), 1);
    scene.script.change(s.tables().contextAt(), 0, EPTR);
    return scene.forgetAll().refuses(scene.page(1), 0x49).end();
  }

  @Clause("VTD-178")
  private static Case translated(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-178", "addresses of translated requests", facts);
    VtdScene scene = devices(s).by(Requester.FIRST.translated());
    scene.reads(scene.page(1), 1).reads(scene.page(2), 2);
    scene.refuses(1L << facts.hostAddressBits(), 0x83);
    return scene.refuses(Remapping.INTERRUPTS, 0x87).end();
  }

  @Clause("VTD-178")
  private static Case translatedWithPasid(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-178", "with a PASID, by EPTR", facts);
    VtdScene scene = devices(s, Feature.PTRS).by(Requester.FIRST.with(PASID).translated());
    return scene.reads(scene.page(1), 1).reads(scene.page(2), 2).nothingRecorded().end();
  }

  @Clause("VTD-179")
  private static Case completion(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-179", "by a first stage", facts);
    VtdScene scene = devices(s);
    scene.asks(IOVA, false, page(scene.page(1), 12, true, true).and("snooped", 0));
    s.stage().change(IOVA, 1, 0, RW);
    scene.forgetAll().asks(IOVA, false, page(scene.page(1), 12, true, false));
    long large = 8L << 30;
    long target = facts.memory().base() + (1L << 30);
    s.stage().map(large, target, 2);
    scene.asks(large, false, page(target, 21, true, true));
    if (facts.has(Feature.SC)) {
      s.with(PasidFields.PGSNP, 1).scene();
      scene.asks(IOVA, false, page(scene.page(1), 12, true, false).and("snooped", 1));
    }
    return scene.end();
  }

  @Clause("VTD-179")
  private static Case secondStageCompletion(VtdFacts facts) {
    ScalableScene s = ScalableScene.second("VTD-179", "by a second stage", facts);
    VtdScene scene = devices(s);
    scene.asks(IOVA, false, page(scene.page(1), 12, true, true).and("snooped", 0));
    s.stage().change(IOVA, 1, facts.has(Feature.SC) ? SNP : 0, READ);
    int snooped = facts.has(Feature.SC) ? 1 : 0;
    scene.forgetAll();
    scene.asks(IOVA, false, page(scene.page(1), 12, false, true).and("snooped", snooped));
    if (facts.has(Feature.PT)) {
      s.tables().put(s.tables().passThrough(DOMAIN));
      scene.forgetAll().asks(IOVA, false, status(Status.SUCCESS).and("read", 1).and("write", 1));
    }
    return scene.end();
  }

  @Clause("VTD-179")
  private static Case privileged(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-179", "a privileged request", facts);
    VtdScene scene = devices(s, Feature.SRS, Feature.PASID);
    long[] entry = s.entry();
    PasidFields.SRE.put(entry, 1);
    s.tables().put(FIRST, PASID, entry);
    scene.by(Requester.FIRST.with(PASID)).asks(IOVA, false, page(scene.page(1), 12, true, true));
    scene.by(Requester.FIRST.with(PASID).supervisor());
    return scene.asks(IOVA, false, status(Status.SUCCESS).and("privileged", 1)).end();
  }

  @Clause("VTD-180")
  private static Case refusals(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-180", "misses, errors and blocks", facts);
    VtdScene scene = devices(s);
    scene.asks(IOVA + PAGE, false, withoutRights()).nothingRecorded();
    long at = s.tables().entryAt() + 56;
    scene.put(at, 1).forgetAll();
    scene.asks(IOVA, false, status(Status.ABORTED)).recorded(0x5a).put(at, 0);
    long context = scene.script.at(s.tables().contextAt());
    scene.put(s.tables().contextAt(), 0).forgetAll();
    scene.asks(IOVA, false, status(Status.UNSUPPORTED)).recorded(0x41);
    scene.put(s.tables().contextAt(), context).forgetAll();
    return scene.asks(IOVA, false, page(scene.page(1), 12, true, true)).end();
  }

  @Clause("VTD-181")
  private static Case noWrite(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-181", "D and the right to write", facts);
    VtdScene scene = devices(s, Feature.NWFS, Feature.SMPWCS);
    long leaf = s.stage().entry(IOVA, 1);
    s.stage().change(IOVA, 1, 0, D);
    scene.forgetAll().asks(IOVA, true, page(scene.page(1), 12, true, false)).holds(leaf, D, 0);
    scene.forgetAll().asks(IOVA, false, page(scene.page(1), 12, true, true)).holds(leaf, D, D);
    s.stage().change(IOVA, 1, 0, D | RW);
    scene.forgetAll().asks(IOVA, false, page(scene.page(1), 12, true, false));
    return scene.holds(leaf, D, 0).end();
  }

  @Clause("VTD-181")
  private static Case noWriteWithoutSupport(VtdFacts facts) {
    ScalableScene s = ScalableScene.first("VTD-181", "NW without NWFS", facts);
    VtdScene scene = devices(s).only(!facts.has(Feature.NWFS));
    return scene.asks(IOVA, true, page(scene.page(1), 12, true, true)).end();
  }

  @Clause("VTD-182")
  private static Case interruptRange(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-182", "the interrupt range", facts);
    VtdScene scene = devices(s);
    s.stage().map(Remapping.INTERRUPTS, scene.page(1));
    Expect writes = status(Status.SUCCESS).and("read", 0).and("write", 1);
    scene.asks(Remapping.INTERRUPTS, false, writes.and("untranslatedOnly", 1));
    if (facts.has(Feature.NWFS)) {
      scene.asks(Remapping.INTERRUPTS, true, withoutRights());
    }
    return scene.nothingRecorded().end();
  }

  @Clause("VTD-184")
  private static Case addressType(VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped("VTD-184", "AT of each record", facts);
    VtdScene scene = devices(s);
    scene.put(s.tables().contextAt(), 0).forgetAll();
    for (int type = 0; type <= 2; type++) {
      int at = scene.records().next() + 12;
      if (type == 1) {
        scene.by(Requester.FIRST).asks(IOVA, false, status(Status.UNSUPPORTED));
      } else {
        scene.by(type == 0 ? Requester.FIRST : Requester.FIRST.translated()).touches(IOVA);
      }
      scene.expect32(at, 3L << ADDRESS_TYPE, (long) type << ADDRESS_TYPE).recorded(0x41);
    }
    return scene.end();
  }

  // Invalidation.

  private static VtdScene queue(String clause, String name, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, name, facts);
    return scene.needs(Capability.STIMULUS_ATS).only(facts.has(Feature.DT)).startScalable().then();
  }

  private static VtdScene completes(VtdScene scene, Rid from, int tags, int count) {
    return scene.add(new CompleteInvalidation(from, tags, count, Expect.ANY));
  }

  @Clause("VTD-167")
  private static Case sent(VtdFacts facts) {
    VtdScene scene = queue("VTD-167", "two devices, one of two completions", facts);
    scene
        .enqueue(
            Descriptors.deviceTlb(FIRST.value(), 0x7000, true),
            Descriptors.pasidDeviceTlb(SECOND.value(), 5, 0x9000, false),
            scene.queue().nextWait())
        .sent(Messages.invalidation(FIRST, NO_PASID, 0, 0x7000, true))
        .sent(Messages.invalidation(SECOND, 5, 1, 0x9000, false))
        .sent(Messages.NONE)
        .notCompleted();
    completes(scene, SECOND, 2, 1).notCompleted();
    completes(scene, FIRST, 1, 2).notCompleted();
    return completes(scene, FIRST, 1, 2).completed().end();
  }

  @Clause("VTD-167")
  private static Case sentWhole(VtdFacts facts) {
    VtdScene scene = queue("VTD-167", "the ends of each field", facts);
    Rid wide = new Rid(0x8109);
    long high = 1L << 63 | 0x7000;
    return scene
        .enqueue(Descriptors.deviceTlb(wide.value(), high, true))
        .sent(Messages.invalidation(wide, NO_PASID, 0, high, true))
        .enqueue(Descriptors.pasidDeviceTlb(wide.value(), 0x8_0123, high, true))
        .sent(Messages.invalidation(wide, 0x8_0123, 1, high, true).and("allPasids", 0))
        .enqueue(Descriptors.with(Descriptors.pasidDeviceTlb(wide.value(), 1, 0x1000, false), 0, 1))
        .sent(Messages.invalidation(wide, 1, 2, 0x1000, false).and("allPasids", 1))
        .end();
  }

  @Clause("VTD-167")
  private static Case sentForFunction(VtdFacts facts) {
    VtdScene scene = queue("VTD-167", "on behalf of a physical function", facts);
    scene.only(facts.has(Feature.DIT));
    long[] named = Descriptors.deviceTlb(SECOND.value(), 0x9000, false);
    scene.enqueue(Descriptors.with(named, 1L << 12 | 1L << 52, 0), scene.queue().nextWait());
    scene.sent(Messages.invalidation(SECOND, NO_PASID, 0, 0x9000, false)).notCompleted();
    return completes(scene, SECOND, 1, 1).completed().end();
  }

  @Clause("VTD-167")
  private static Case tags(VtdFacts facts) {
    VtdScene scene = queue("VTD-167", "more invalidations than tags", facts);
    for (int i = 0; i < Integer.SIZE; i++) {
      scene.enqueue(Descriptors.deviceTlb(FIRST.value(), 0, false));
      scene.sent(Messages.invalidation(FIRST, NO_PASID, i, 0, false));
    }
    scene.enqueue(Descriptors.deviceTlb(FIRST.value(), 0x3000, false)).sent(Messages.NONE);
    completes(scene, FIRST, 1 << 9, 1);
    return scene.sent(Messages.invalidation(FIRST, NO_PASID, 9, 0x3000, false)).end();
  }

  private static Expect sidOrNone(int shift, Rid device) {
    return Expect.oneOf(0xffffL << shift, List.of((long) device.value() << shift, 0L));
  }

  @Clause("VTD-168")
  private static Case timeOut(VtdFacts facts) {
    VtdScene scene = queue("VTD-168", "a device that does not answer", facts);
    scene.enqueue(Descriptors.deviceTlb(SECOND.value(), 0, false), scene.queue().nextWait());
    scene.expect32(Registers.FSTS, Registers.ITE, 0).notCompleted();
    scene.add(new Elapse(MINUTES, Expect.ANY));
    scene.expect32(Registers.FSTS, Registers.ITE, Registers.ITE);
    scene.add(new ReadRegister(Registers.IQERCD, Long.BYTES, sidOrNone(32, SECOND)));
    long before = scene.queue().status();
    scene.enqueue(Descriptors.waitWriting(before + 8, 77));
    scene.holds(before + 8, 0xffff_ffffL, 0).write32(Registers.FSTS, Registers.ITE);
    scene.expect32(Registers.FSTS, Registers.ITE, 0);
    return scene.holds(before + 8, 0xffff_ffffL, 77).notCompleted().end();
  }

  @Clause("VTD-169")
  private static Case unexpected(VtdFacts facts) {
    VtdScene scene = queue("VTD-169", "a wrong device and a wrong tag", facts);
    scene.enqueue(Descriptors.deviceTlb(SECOND.value(), 0, false), scene.queue().nextWait());
    completes(scene, FIRST, 1, 1).expect32(Registers.FSTS, Registers.ICE, Registers.ICE);
    scene.add(new ReadRegister(Registers.IQERCD, Long.BYTES, sidOrNone(48, FIRST)));
    scene.notCompleted().write32(Registers.FSTS, Registers.ICE);
    scene.expect32(Registers.FSTS, Registers.ICE, 0);
    completes(scene, SECOND, 4, 1).expect32(Registers.FSTS, Registers.ICE, Registers.ICE);
    return completes(scene.notCompleted(), SECOND, 1, 1).completed().end();
  }

  @Clause("VTD-170")
  private static Case response(VtdFacts facts) {
    VtdScene scene = queue("VTD-170", "with PASID and without", facts);
    return scene
        .only(facts.has(Feature.PRS))
        .submit(Descriptors.response(SECOND.value(), 0x1_2345, 0x1ff, 1))
        .sent(Messages.response(SECOND, 0x1_2345, 0x1ff, 1))
        .submit(Descriptors.responseWithoutPasid(FIRST.value(), 7, 15))
        .sent(Messages.response(FIRST, NO_PASID, 7, 15))
        .submit(Descriptors.with(Descriptors.response(0x8109, 0x8_0123, 0x100, 8), 0, 1 << 2))
        .sent(Messages.response(new Rid(0x8109), 0x8_0123, 0x100, 8))
        .sent(Messages.NONE)
        .end();
  }
}
