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
        status(facts),
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

  @Clause("VTD-035")
  private static Case status(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-035", "what a wait writes, and where", facts);
    scene.ready().then();
    long at = scene.queue().status();
    for (int data : new int[] {1, -2, 0x5555_5555, 0xaaaa_aaaa, -1}) {
      for (long offset : new long[] {8, 12}) {
        scene.put(at + 8, 0).enqueue(Descriptors.waitWriting(at + offset, data));
        scene.holds(at + 8, Integer.toUnsignedLong(data) << (8 * (offset - 8)));
      }
    }
    return scene.end();
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

  /** The types that a queue has, narrow or wide. */
  private static List<BadDescriptors> types(VtdFacts facts, boolean wide) {
    List<BadDescriptors> types = new ArrayList<>(BadDescriptors.ofEveryMode(facts));
    if (wide) {
      types.addAll(BadDescriptors.ofWideQueues(facts));
    }
    return types;
  }

  private static List<long[]> badTypes(VtdFacts facts, boolean wide) {
    List<BadDescriptors> types = types(facts, wide);
    List<long[]> bad = new ArrayList<>(BadDescriptors.otherThan(types));
    types.forEach(type -> bad.addAll(type.types()));
    return bad;
  }

  /** With each reserved field, and each granularity and mask that is reserved. */
  private static List<long[]> reserved(VtdFacts facts, boolean wide) {
    List<long[]> bad = new ArrayList<>();
    types(facts, wide).forEach(type -> bad.addAll(type.reserved()));
    bad.add(Descriptors.context(0, 0, 0, 0));
    bad.add(Descriptors.iotlb(0, 0, 0, 0, false));
    if (facts.pageSelective()) {
      for (int beyond : new int[] {facts.mostAddressMask() + 1, 32, 63}) {
        if (beyond > facts.mostAddressMask() && beyond <= 63) {
          bad.add(Descriptors.iotlb(Descriptors.SELECTIVE, DOMAIN, 0, beyond, false));
        }
      }
    }
    if (!facts.has(Feature.PDS)) {
      bad.add(new long[] {5 | Descriptors.PAGE_REQUEST_DRAIN, 0});
    }
    if (wide) {
      long[] pages = Descriptors.pasidIotlb(DOMAIN, 1);
      bad.add(new long[] {pages[0] & ~(3L << 4), 0});
      bad.add(new long[] {(pages[0] & ~(3L << 4)) | 1 << 4, 0});
      bad.add(Descriptors.pasidCache(2, 0, 0));
    }
    return bad;
  }

  @Clause("VTD-037")
  private static Case badDescriptors(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-037", "each bad descriptor", facts).ready().then();
    badTypes(facts, false).forEach(bad -> stops(scene, bad));
    reserved(facts, false).forEach(bad -> stops(scene, bad));
    return scene.end();
  }

  @Clause("VTD-037")
  private static Case badWideDescriptors(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-037", "each bad wide descriptor", facts);
    scene.readyScalable().then();
    badTypes(facts, true).forEach(bad -> stops(scene, bad));
    reserved(facts, true).forEach(bad -> stops(scene, bad));
    return scene.end();
  }

  /** What type 4 is to a unit without interrupt remapping, the manual leaves open. */
  @Clause("VTD-038")
  private static Case kinds(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-038", "IQEI of each bad descriptor", facts).ready().then();
    badTypes(facts, false).forEach(bad -> tells(scene, bad, INVALID_TYPE));
    reserved(facts, false).forEach(bad -> tells(scene, bad, RESERVED_FIELD));
    return scene.end();
  }

  @Clause("VTD-038")
  private static Case kindsInScalableMode(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-038", "IQEI of each bad wide descriptor", facts);
    scene.readyScalable().then();
    badTypes(facts, true).forEach(bad -> tells(scene, bad, INVALID_TYPE));
    reserved(facts, true).forEach(bad -> tells(scene, bad, RESERVED_FIELD));
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
    for (BadDescriptors type : types(facts, true)) {
      type.upperHalf().forEach(bad -> tells(scene, bad, RESERVED_FIELD));
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
