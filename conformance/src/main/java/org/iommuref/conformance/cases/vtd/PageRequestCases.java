package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PRE;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.call.DeviceCall.CompleteInvalidation;
import org.iommuref.spec.unit.call.DeviceCall.RequestPage;
import org.iommuref.spec.unit.call.DeviceCall.SendPageRequest;
import org.iommuref.spec.unit.call.Expect;

/** The page request queue. Manual 6.5.2.9, 7.4, 7.7, 7.10 and 11.4.11. */
final class PageRequestCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final int GROUP = 0x155;
  private static final int ENTRIES = 128;
  private static final int BYTES = 32;
  private static final long T2 = 1 << 28;
  private static final int SENT = 3;
  private static final int STATUS = 0x0d0d_0d0d;

  private PageRequestCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        queued(facts),
        event(facts),
        notEnabled(facts),
        silenced(facts),
        wrongTables(facts),
        legacy(facts),
        overflow(facts),
        removesPage(facts),
        drained(facts),
        drainedBehindDevice(facts),
        drainedThoughDropped(facts));
  }

  /** A scene whose device may ask for pages of {@link ScalableTables#PASID}. */
  private record Asking(ScalableScene s, long queue) {

    static Asking of(String clause, String name, VtdFacts facts) {
      ScalableScene s = ScalableScene.mapped(clause, name, facts);
      s.scene().needs(Capability.PAGE_REQUESTS).only(facts.has(Feature.PRS));
      s.tables().put(FIRST, PASID, s.entry());
      long queue = s.scene().page();
      s.scene().write64(Registers.PQA, queue);
      return new Asking(s, queue);
    }

    VtdScene scene() {
      return s.scene();
    }
  }

  private static PageRequestMessage request(boolean read, boolean write, boolean last) {
    return new PageRequestMessage(
        FIRST, new Pasid(PASID), false, false, read, write, last, GROUP, IOVA);
  }

  private static VtdScene asks(VtdScene scene, PageRequestMessage request) {
    return scene.add(new RequestPage(request, Expect.ANY));
  }

  @Clause("VTD-185")
  private static Case queued(VtdFacts facts) {
    Asking a = Asking.of("VTD-185", "what is written", facts);
    VtdScene scene = a.scene();
    long who = 0x101 | (long) FIRST.value() << 16 | (long) PASID << 32;
    asks(scene, request(true, true, true));
    scene.holds(a.queue(), who).holds(a.queue() + 8, 7 | GROUP << 3 | IOVA);
    scene.expect64(Registers.PQT, -1, BYTES).expect32(Registers.PRS, 3, Registers.PPR);
    asks(
        scene,
        new PageRequestMessage(
            FIRST, new Pasid(PASID), true, true, false, false, false, 0, 0x7000));
    scene.holds(a.queue() + BYTES, who | 3L << 52).holds(a.queue() + BYTES + 8, 0x7000);
    scene.expect64(Registers.PQT, -1, 2 * BYTES);
    asks(scene, new PageRequestMessage(FIRST, null, false, false, true, false, false, 0, 0x8000));
    scene.holds(a.queue() + 2 * BYTES, 1 | (long) FIRST.value() << 16);
    return scene.holds(a.queue() + 2 * BYTES + 8, 0x8001).sent(Messages.NONE).end();
  }

  @Clause("VTD-185")
  private static Case event(VtdFacts facts) {
    Asking a = Asking.of("VTD-185", "one event for two requests", facts);
    VtdScene scene = a.scene();
    scene.write32(Registers.PEADDR, 0xfee0_1000L).write32(Registers.PEDATA, 0x44);
    scene.write32(Registers.PECTL, 0);
    asks(scene, request(true, true, false)).sent(Messages.interrupt(0xfee0_1000L, 0x44));
    asks(scene, request(true, true, false)).sent(Messages.NONE);
    scene.write32(Registers.PRS, Registers.PPR).expect32(Registers.PRS, Registers.PPR, 0);
    asks(scene, request(true, true, false)).sent(Messages.interrupt(0xfee0_1000L, 0x44));
    return scene.expect32(Registers.PECTL, Registers.IP, 0).end();
  }

  /** The request must be recorded as one for a page, and answered as invalid if it is the last. */
  private static void invalid(VtdScene scene, int reason) {
    asks(scene, request(true, true, false)).sent(Messages.NONE);
    scene.expect32(scene.records().next() + 12, 1L << 30, 0);
    scene.expect32(scene.records().next() + 8, T2, T2).recorded(reason);
    asks(scene, request(true, true, true)).sent(Messages.response(FIRST, PASID, GROUP, 1));
    scene.recorded(reason).expect64(Registers.PQT, -1, 0);
  }

  @Clause("VTD-186")
  private static Case notEnabled(VtdFacts facts) {
    Asking a = Asking.of("VTD-186", "PRE clear", facts);
    a.scene().script.change(a.s().tables().contextAt(), 0, PRE);
    invalid(a.scene().forgetAll(), 0x47);
    return a.s().end();
  }

  @Clause("VTD-124")
  private static Case silenced(VtdFacts facts) {
    Asking a = Asking.of("VTD-124", "FPD and 47h, a page request without PRE", facts);
    VtdScene scene = a.scene();
    scene.script.change(a.s().tables().contextAt(), ScalableTables.FPD, PRE);
    asks(scene.forgetAll(), request(true, true, true));
    return scene.nothingRecorded().end();
  }

  @Clause("VTD-186")
  private static Case wrongTables(VtdFacts facts) {
    Asking a = Asking.of("VTD-186", "an absent PASID entry", facts);
    a.scene().put(a.s().tables().pasidAt(FIRST, PASID), 0);
    invalid(a.scene().forgetAll(), 0x59);
    return a.s().end();
  }

  @Clause("VTD-187")
  private static Case legacy(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-187", "in legacy mode", facts);
    new LegacyTables(scene).attach();
    scene.needs(Capability.PAGE_REQUESTS).only(facts.has(Feature.PRS)).start().then();
    asks(scene, request(true, true, true)).sent(Messages.response(FIRST, PASID, GROUP, 1));
    return scene.recorded(0x32).end();
  }

  @Clause("VTD-188")
  private static Case overflow(VtdFacts facts) {
    Asking a = Asking.of("VTD-188", "a full queue", facts);
    VtdScene scene = a.scene();
    for (int i = 1; i < ENTRIES; i++) {
      asks(scene, request(true, true, false));
    }
    scene.expect32(Registers.PRS, Registers.PRO, 0);
    asks(scene, request(true, true, false)).expect32(Registers.PRS, Registers.PRO, Registers.PRO);
    scene.sent(Messages.NONE).write64(Registers.PQH, 2 * BYTES);
    asks(scene, request(true, true, true)).sent(Messages.response(FIRST, PASID, GROUP, 0));
    scene.expect64(Registers.PQT, -1, (ENTRIES - 1) * BYTES);
    asks(scene, request(false, false, true)).sent(Messages.NONE);
    scene.write32(Registers.PRS, Registers.PRO).expect32(Registers.PRS, Registers.PRO, 0);
    return asks(scene, request(true, true, true)).expect64(Registers.PQT, -1, 0).end();
  }

  @Clause("VTD-189")
  private static Case removesPage(VtdFacts facts) {
    Asking a = Asking.of("VTD-189", "the translation of the page", facts);
    VtdScene scene = a.scene().by(Requester.FIRST.with(PASID));
    scene.reads(IOVA, 1);
    a.s().stage().map(IOVA, scene.page(2));
    scene.readsOr(IOVA, 2, 1);
    asks(scene, request(true, true, true)).reads(IOVA, 2);
    if (facts.has(Feature.FSTS) && facts.has(Feature.SSTS)) {
      Radix first = a.s().tables().first();
      first.map(IOVA, scene.page(1));
      int domain = VtdScene.DOMAIN + 1;
      a.s().tables().put(FIRST, PASID, a.s().tables().firstStage(first, domain));
      scene.forgetAll().reads(IOVA, 1);
      first.map(IOVA, scene.page(2));
      asks(scene, request(true, true, true)).reads(IOVA, 2);
    }
    return scene.end();
  }

  /** Requests reach the unit, and what the unit does next is to take a wait from its queue. */
  private static VtdScene sends(VtdScene scene) {
    scene.needs(Capability.PAGE_REQUESTS_UNDER_WAY).only(scene.facts.has(Feature.PDS));
    for (int i = 0; i < SENT; i++) {
      scene.add(new SendPageRequest(request(true, true, false), Expect.ANY));
    }
    return scene;
  }

  /** A wait with PD that writes its status there. */
  private static long[] draining(long address) {
    return Descriptors.with(
        Descriptors.waitWriting(address, STATUS), Descriptors.PAGE_REQUEST_DRAIN, 0);
  }

  /** What is at an address of 4 bytes must be that status, and the requests are in the queue. */
  private static VtdScene ordered(Asking a, long address, int requests) {
    int shift = 8 * (int) (address & 4);
    a.scene().expect64(Registers.PQT, -1, (long) requests * BYTES);
    return a.scene().holds(address & -8, 0xffff_ffffL << shift, (long) STATUS << shift);
  }

  /** The status goes over a descriptor, first half or second: what is written last stays. */
  @Clause("VTD-190")
  private static Case drained(VtdFacts facts) {
    Asking a = Asking.of("VTD-190", "a status over the last descriptor", facts);
    VtdScene scene = a.scene();
    int requests = 0;
    for (int offset : new int[] {0, BYTES - Integer.BYTES}) {
      requests += SENT;
      long descriptor = a.queue() + (long) (requests - 1) * BYTES;
      scene.queue().put(draining(descriptor + offset));
      sends(scene).write64(Registers.IQT, scene.queue().tail());
      ordered(a, descriptor + offset, requests).holds(descriptor + 8, -1, 3 | GROUP << 3 | IOVA);
    }
    return scene.end();
  }

  /** A wait that a device keeps back lets go first what came before the device was done. */
  @Clause("VTD-190")
  private static Case drainedBehindDevice(VtdFacts facts) {
    Asking a = Asking.of("VTD-190", "requests before a device has invalidated its TLB", facts);
    VtdScene scene = a.scene();
    scene.needs(Capability.STIMULUS_ATS).only(facts.has(Feature.DT));
    long descriptor = a.queue() + (SENT - 1L) * BYTES;
    scene.enqueue(Descriptors.deviceTlb(FIRST.value(), 0, false), draining(descriptor));
    scene.sent(Messages.invalidation(FIRST, -1, 0, 0, false)).holds(descriptor, 0);
    sends(scene).add(new CompleteInvalidation(FIRST, 1, 1, Expect.ANY));
    return ordered(a, descriptor, SENT).end();
  }

  @Clause("VTD-190")
  private static Case drainedThoughDropped(VtdFacts facts) {
    Asking a = Asking.of("VTD-190", "requests that are dropped", facts);
    VtdScene scene = a.scene();
    scene.script.change(a.s().tables().contextAt(), 0, PRE);
    long status = scene.forgetAll().page();
    scene.queue().put(draining(status));
    sends(scene).write64(Registers.IQT, scene.queue().tail());
    return ordered(a, status, 0).end();
  }
}
