package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Descriptors.with;
import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.UnitCall.ReadRegister;

/** The invalidation queue: waits and errors. Manual 6.5.2 and 11.4.9. */
final class QueueCases {

  private static final long[] DROP_ALL = Descriptors.iotlb(Descriptors.GLOBAL, 0, 0, 0, false);
  private static final long[] DROP_CONTEXTS = Descriptors.context(Descriptors.GLOBAL, 0, 0, 0);
  private static final long IQEI = 0xf;
  private static final int INVALID_TAIL = 1;
  private static final int INVALID_TYPE = 3;
  private static final int RESERVED_FIELD = 4;
  private static final int INVALID_WIDTH = 5;
  private static final int MISALIGNED_TAIL = 6;
  private static final int INVALID_MODE = 7;

  private QueueCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        waitComes(facts),
        wrap(facts),
        interruptFlag(facts),
        goesOn(facts),
        badDescriptors(facts),
        badWideDescriptors(facts),
        kinds(facts),
        kindsInScalableMode(facts),
        tailBeyond(facts),
        width(facts),
        misalignedTail(facts),
        mode(facts),
        upperHalf(facts));
  }

  @Clause("VTD-035")
  private static Case waitComes(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-035", "what is before a wait is done", facts);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(IOVA, scene.page(1));
    tables.attach();
    scene.tagged(1, 2).start().reads(IOVA, 1).then();
    tables.stage.map(IOVA, scene.page(2));
    scene
        .readsOr(IOVA, 2, 1)
        .submit(DROP_CONTEXTS, Descriptors.iotlb(DOMAIN))
        .reads(IOVA, 2)
        .nothingRecorded();
    Radix other = tables.other();
    other.map(IOVA, scene.page(1));
    tables.attach(Requester.FIRST.rid(), other, DOMAIN + 1);
    return scene.submit(DROP_CONTEXTS, Descriptors.iotlb(DOMAIN)).reads(IOVA, 1).end();
  }

  @Clause("VTD-035")
  private static Case wrap(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-035", "waits around the end of the queue", facts);
    scene.ready().then();
    for (int i = 0; i < 130; i++) {
      scene.submit(DROP_ALL);
    }
    return scene.expect64(Registers.IQH, -1, scene.queue().tail()).end();
  }

  @Clause("VTD-036")
  private static Case interruptFlag(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-036", "a wait with IF", facts).ready().then();
    return scene
        .expect32(Registers.ICS, Registers.IWC, 0)
        .enqueue(Descriptors.waitInterrupting())
        .expect32(Registers.ICS, Registers.IWC, Registers.IWC)
        .write32(Registers.ICS, 0)
        .expect32(Registers.ICS, Registers.IWC, Registers.IWC)
        .write32(Registers.ICS, Registers.IWC)
        .expect32(Registers.ICS, Registers.IWC, 0)
        .submit(DROP_ALL)
        .expect32(Registers.ICS, Registers.IWC, 0)
        .end();
  }

  /** The queue must stop at a descriptor, with a wait behind it; it is repaired and goes on. */
  private static void stops(VtdScene scene, long[] descriptor) {
    int bad = scene.queue().tail();
    scene
        .enqueue(descriptor, scene.queue().nextWait())
        .expect32(Registers.FSTS, Registers.IQE, Registers.IQE)
        .expect64(Registers.IQH, -1, bad)
        .notCompleted()
        .write64(Registers.IQT, scene.queue().tail())
        .notCompleted();
    repair(scene, bad);
  }

  private static void repair(VtdScene scene, int bad) {
    scene.queue().putAt(bad, DROP_ALL);
    scene
        .write32(Registers.FSTS, Registers.IQE)
        .expect32(Registers.FSTS, Registers.IQE, 0)
        .write64(Registers.IQT, scene.queue().tail())
        .completed()
        .expect64(Registers.IQH, -1, scene.queue().tail());
  }

  @Clause("VTD-037")
  private static Case goesOn(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-037", "a queue that goes on by itself", facts);
    scene.ready().then();
    int bad = scene.queue().tail();
    scene.enqueue(new long[] {0xf, 0}, scene.queue().nextWait());
    scene.expect32(Registers.FSTS, Registers.IQE, Registers.IQE).notCompleted();
    scene.queue().putAt(bad, DROP_ALL);
    return scene.write32(Registers.FSTS, Registers.IQE).completed().end();
  }

  private static void tells(VtdScene scene, long[] descriptor, int error) {
    int bad = scene.queue().tail();
    scene
        .enqueue(descriptor, scene.queue().nextWait())
        .expect32(Registers.FSTS, Registers.IQE, Registers.IQE);
    tellsKind(scene, error);
    repair(scene, bad);
  }

  /** IQEI may be 0 in a unit that tells nothing more of its errors. Manual 11.4.9.9. */
  private static VtdScene tellsKind(VtdScene scene, long error) {
    return scene.add(
        new ReadRegister(Registers.IQERCD, Long.BYTES, Expect.oneOf(IQEI, List.of(error, 0L))));
  }

  private static List<long[]> badTypes() {
    return List.of(new long[] {0, 0}, new long[] {0xf, 0}, with(DROP_ALL, 1 << 9, 0));
  }

  /** Descriptors of 128 bits with each reserved field and each reserved granularity. */
  private static List<long[]> reserved(VtdFacts facts) {
    List<long[]> bad = new ArrayList<>();
    for (int bit : new int[] {6, 8, 12, 15, 50, 63}) {
      bad.add(with(DROP_CONTEXTS, 1L << bit, 0));
    }
    bad.add(with(DROP_CONTEXTS, 0, 1));
    bad.add(Descriptors.context(0, 0, 0, 0));
    for (int bit : new int[] {8, 12, 15, 32, 63}) {
      bad.add(with(DROP_ALL, 1L << bit, 0));
    }
    bad.add(with(DROP_ALL, 0, 1 << 7));
    bad.add(with(DROP_ALL, 0, 1 << 11));
    bad.add(Descriptors.iotlb(0, 0, 0, 0, false));
    if (facts.pageSelective() && facts.mostAddressMask() < 63) {
      int beyond = facts.mostAddressMask() + 1;
      bad.add(Descriptors.iotlb(Descriptors.SELECTIVE, DOMAIN, 0, beyond, false));
    }
    long[] wait = {5, 0};
    for (int bit : new int[] {8, 12, 31}) {
      bad.add(with(wait, 1L << bit, 0));
    }
    bad.add(with(wait, 0, 1));
    bad.add(with(wait, 0, 2));
    if (!facts.has(Feature.PDS)) {
      bad.add(with(wait, Descriptors.PAGE_REQUEST_DRAIN, 0));
    }
    if (facts.has(Feature.IR)) {
      for (int bit : new int[] {5, 8, 12, 26, 48, 63}) {
        bad.add(with(Descriptors.allInterruptEntries(), 1L << bit, 0));
      }
      bad.add(with(Descriptors.allInterruptEntries(), 0, 1));
    }
    return bad;
  }

  /** Those that wide queues alone have. */
  private static List<long[]> reservedWide(VtdFacts facts) {
    List<long[]> bad = new ArrayList<>();
    long[] pages = Descriptors.pasidIotlb(DOMAIN, 1);
    for (int bit : new int[] {6, 8, 12, 15, 52, 63}) {
      bad.add(with(pages, 1L << bit, 0));
    }
    bad.add(with(pages, 0, 1 << 7));
    bad.add(new long[] {pages[0] ^ 3 << 4, 0});
    long[] cache = Descriptors.pasidCache(3, 0, 0);
    for (int bit : new int[] {6, 12, 52}) {
      bad.add(with(cache, 1L << bit, 0));
    }
    bad.add(with(cache, 0, 1));
    bad.add(Descriptors.pasidCache(2, 0, 0));
    if (facts.has(Feature.DT)) {
      bad.add(with(Descriptors.deviceTlb(0x100, 0, false), 1 << 4, 0));
      bad.add(with(Descriptors.deviceTlb(0x100, 0, false), 0, 1 << 1));
      bad.add(with(Descriptors.pasidDeviceTlb(0x100, 1, 0, false), 0, 1 << 10));
    }
    if (facts.has(Feature.PRS)) {
      bad.add(with(Descriptors.response(0x100, 1, 1, 0), 1 << 8, 0));
      bad.add(with(Descriptors.response(0x100, 1, 1, 0), 0, 1));
    }
    return bad;
  }

  @Clause("VTD-037")
  private static Case badDescriptors(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-037", "each bad descriptor", facts).ready().then();
    badTypes().forEach(bad -> stops(scene, bad));
    reserved(facts).forEach(bad -> stops(scene, bad));
    return scene.end();
  }

  @Clause("VTD-037")
  private static Case badWideDescriptors(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-037", "each bad wide descriptor", facts);
    scene.readyScalable().then();
    badTypes().forEach(bad -> stops(scene, bad));
    reserved(facts).forEach(bad -> stops(scene, bad));
    reservedWide(facts).forEach(bad -> stops(scene, bad));
    return scene.end();
  }

  /** What type 4 is to a unit without interrupt remapping, the manual leaves open. */
  @Clause("VTD-038")
  private static Case kinds(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-038", "IQEI of each bad descriptor", facts).ready().then();
    badTypes().forEach(bad -> tells(scene, bad, INVALID_TYPE));
    tells(scene, Descriptors.pasidCache(3, 0, 0), INVALID_TYPE);
    if (!facts.has(Feature.DT)) {
      tells(scene, Descriptors.deviceTlb(0x100, 0, false), INVALID_TYPE);
    }
    reserved(facts).forEach(bad -> tells(scene, bad, RESERVED_FIELD));
    return scene.end();
  }

  @Clause("VTD-038")
  private static Case kindsInScalableMode(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-038", "IQEI of each bad wide descriptor", facts);
    scene.readyScalable().then();
    badTypes().forEach(bad -> tells(scene, bad, INVALID_TYPE));
    reserved(facts).forEach(bad -> tells(scene, bad, RESERVED_FIELD));
    reservedWide(facts).forEach(bad -> tells(scene, bad, RESERVED_FIELD));
    if (!facts.has(Feature.PRS)) {
      tells(scene, Descriptors.response(0x100, 1, 1, 0), INVALID_TYPE);
    }
    if (!facts.has(Feature.HPTS)) {
      tells(scene, new long[] {0xa, 0}, INVALID_TYPE);
    }
    return scene.end();
  }

  @Clause("VTD-038")
  private static Case tailBeyond(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-038", "a tail beyond the queue", facts).ready().then();
    return scene
        .write64(Registers.IQT, VtdScene.PAGE)
        .expect32(Registers.FSTS, Registers.IQE, Registers.IQE)
        .with(unit -> tellsKind(unit, INVALID_TAIL))
        .write64(Registers.IQT, scene.queue().tail())
        .write32(Registers.FSTS, Registers.IQE)
        .expect32(Registers.FSTS, Registers.IQE, 0)
        .submit(DROP_ALL)
        .end();
  }

  @Clause("VTD-165")
  private static Case width(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-165", "narrow descriptors in scalable mode", facts);
    return scene
        .readyScalable()
        .level(Registers.QIE, false)
        .write64(Registers.IQT, 0)
        .write64(Registers.IQA, scene.queue().base())
        .level(Registers.QIE, true)
        .then()
        .write64(Registers.IQT, 32)
        .expect32(Registers.FSTS, Registers.IQE, Registers.IQE)
        .with(unit -> tellsKind(unit, INVALID_WIDTH))
        .end();
  }

  @Clause("VTD-165")
  private static Case misalignedTail(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-165", "a tail in the middle of a descriptor", facts);
    scene.readyScalable().then();
    int tail = scene.queue().tail();
    return scene
        .write64(Registers.IQT, tail + 16L)
        .expect32(Registers.FSTS, Registers.IQE, Registers.IQE)
        .with(unit -> tellsKind(unit, MISALIGNED_TAIL))
        .expect64(Registers.IQH, -1, tail)
        .end();
  }

  @Clause("VTD-165")
  private static Case mode(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-165", "a mode that is reserved", facts);
    return scene
        .readyScalable()
        .then()
        .write64(Registers.RTADDR, scene.root | 2L << Registers.TTM_SHIFT)
        .command(Registers.SRTP)
        .enqueue(scene.queue().nextWait())
        .expect32(Registers.FSTS, Registers.IQE, Registers.IQE)
        .with(unit -> tellsKind(unit, INVALID_MODE))
        .notCompleted()
        .end();
  }

  @Clause("VTD-166")
  private static Case upperHalf(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-166", "bits 128 to 255 and PFSID", facts);
    scene.readyScalable().then();
    for (int bit : new int[] {0, 63, 64, 127}) {
      for (long[] lower : List.of(DROP_ALL, DROP_CONTEXTS, Descriptors.pasidCache(3, 0, 0))) {
        long[] wide = {lower[0], lower[1], 0, 0};
        wide[2 + bit / Long.SIZE] = 1L << bit;
        tells(scene, wide, RESERVED_FIELD);
      }
    }
    if (facts.has(Feature.DT) && !facts.has(Feature.DIT)) {
      tells(scene, with(Descriptors.deviceTlb(0x100, 0, false), 1L << 12, 0), RESERVED_FIELD);
      tells(scene, with(Descriptors.deviceTlb(0x100, 0, false), 1L << 52, 0), RESERVED_FIELD);
      tells(scene, with(Descriptors.pasidDeviceTlb(1, 1, 0, false), 1L << 12, 0), RESERVED_FIELD);
      tells(scene, with(Descriptors.pasidDeviceTlb(1, 1, 0, false), 1L << 52, 0), RESERVED_FIELD);
    }
    return scene.end();
  }
}
