package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.function.Consumer;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.call.DeviceCall.RequestPage;
import org.iommuref.spec.unit.call.Expect;

/**
 * The events of faults, completed waits and page requests, and the registers that hold what
 * software writes. Manual 6.5.2.10, 7.3, 7.5 and 11.4.
 */
final class EventCases {

  private static final long ADDRESS = 0xfee1_2008L;
  private static final long DATA = 0x8041;
  private static final long UPPER = 0x12_3400L;

  private EventCases() {}

  static Stream<Case> all(VtdFacts facts) {
    Event faults = Event.ofFaults(facts);
    Event waits = Event.ofWaits();
    return Stream.of(
        masked(faults.of("VTD-047", "pending under the mask", facts)),
        messages(faults.of("VTD-047", "messages", facts)),
        queueError(facts),
        masked(waits.of("VTD-048", "pending under the mask", facts)),
        messages(waits.of("VTD-048", "messages", facts)),
        masked(Event.ofPages().of("VTD-201", "pending under the mask", facts)),
        messages(Event.ofPages().of("VTD-201", "messages", facts)),
        afterReset(facts),
        holding(facts),
        holdingOfQueue(facts),
        holdingOfPages(facts));
  }

  /**
   * An event.
   *
   * @param control its first register; data, address and upper address follow
   * @param open what software does before
   * @param raise makes its condition come up
   * @param settle takes all of its conditions back
   */
  private record Event(
      int control, Consumer<VtdScene> open, Consumer<VtdScene> raise, Consumer<VtdScene> settle) {

    static Event ofFaults(VtdFacts facts) {
      return new Event(
          Registers.FECTL,
          scene -> {
            new LegacyTables(scene).attach();
            scene.start();
          },
          scene -> scene.touches(IOVA),
          scene -> {
            for (int i = 0; i < facts.faultRecordCount(); i++) {
              scene.clear(i);
            }
            scene.write32(Registers.FSTS, Registers.PFO).nothingRecorded();
          });
    }

    static Event ofWaits() {
      return new Event(
          Registers.IECTL,
          VtdScene::ready,
          scene -> scene.enqueue(Descriptors.waitInterrupting()),
          scene ->
              scene
                  .expect32(Registers.ICS, Registers.IWC, Registers.IWC)
                  .write32(Registers.ICS, Registers.IWC));
    }

    static Event ofPages() {
      PageRequestMessage request =
          new PageRequestMessage(
              Requester.FIRST.rid(), null, false, false, true, false, false, 1, IOVA);
      return new Event(
          Registers.PECTL,
          scene -> {
            scene.needs(Capability.PAGE_REQUESTS).only(scene.facts.has(Feature.PRS));
            ScalableTables tables = new ScalableTables(scene);
            tables.context(Requester.FIRST.rid());
            tables.put(tables.mapping(1));
            scene.startScalable().write64(Registers.PQA, scene.page());
          },
          scene -> scene.add(new RequestPage(request, Expect.ANY)),
          scene ->
              scene
                  .expect32(Registers.PRS, Registers.PPR, Registers.PPR)
                  .write32(Registers.PRS, Registers.PPR));
    }

    Opened of(String clause, String name, VtdFacts facts) {
      VtdScene scene = new VtdScene(clause, name, facts);
      open.accept(scene);
      return new Opened(this, scene.then());
    }
  }

  /** A scene with an event. */
  private record Opened(Event event, VtdScene scene) {

    Opened raise() {
      event.raise().accept(scene);
      return this;
    }

    Opened settle() {
      event.settle().accept(scene);
      return this;
    }

    Opened control(long value) {
      scene.write32(event.control(), value);
      return this;
    }

    Opened shows(long value) {
      scene.expect32(event.control(), Registers.IM | Registers.IP, value);
      return this;
    }

    /** Who can raise interrupts sees those that leave. */
    Opened seen() {
      scene.needs(Capability.STIMULUS_INTERRUPT);
      scene.write32(event.control() + 4, DATA).write32(event.control() + 8, ADDRESS);
      scene.write32(event.control() + 12, scene.facts.has(Feature.EIM) ? UPPER : 0);
      return this;
    }

    Opened sends() {
      long upper = scene.facts.has(Feature.EIM) ? UPPER : 0;
      scene.sent(Messages.interrupt(upper << Integer.SIZE | ADDRESS, DATA)).sent(Messages.NONE);
      return this;
    }

    Opened sendsNothing() {
      scene.sent(Messages.NONE);
      return this;
    }

    Case end() {
      return scene.end();
    }
  }

  @Clause({"VTD-047", "VTD-048", "VTD-201"})
  private static Case masked(Opened e) {
    e.shows(Registers.IM).raise().shows(Registers.IM | Registers.IP);
    e.settle().shows(Registers.IM).raise().shows(Registers.IM | Registers.IP);
    e.control(0).shows(0).settle().control(Registers.IM).shows(Registers.IM);
    return e.raise().shows(Registers.IM | Registers.IP).end();
  }

  @Clause({"VTD-047", "VTD-048", "VTD-201"})
  private static Case messages(Opened e) {
    e.seen().control(0).raise().sends().shows(0);
    e.raise().sendsNothing().shows(0).settle().raise().sends();
    e.settle().control(Registers.IM).raise().sendsNothing().control(0).sends().shows(0);
    e.settle().control(Registers.IM).raise().settle().control(0).sendsNothing();
    return e.raise().sends().end();
  }

  /** An error of the queue belongs to the event of faults. */
  @Clause("VTD-047")
  private static Case queueError(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-047", "an error of the queue", facts).ready().then();
    scene.expect32(Registers.FECTL, Registers.IP, 0).enqueue(new long[] {0xf, 0});
    scene.expect32(Registers.FSTS, Registers.IQE, Registers.IQE);
    scene.expect32(Registers.FECTL, Registers.IP, Registers.IP);
    scene.queue().putAt(scene.queue().tail() - 16, Descriptors.iotlb(1));
    scene.write32(Registers.FSTS, Registers.IQE);
    return scene.expect32(Registers.FECTL, Registers.IM | Registers.IP, Registers.IM).end();
  }

  @Clause("VTD-050")
  private static Case afterReset(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-050", "what registers hold after reset", facts).then();
    for (int control : new int[] {Registers.FECTL, Registers.IECTL}) {
      scene.expect32(control, Registers.IM | Registers.IP, Registers.IM);
      scene.expect32(control + 4, 0xffff, 0).expect32(control + 8, 0xffff_fffcL, 0);
    }
    scene.expect64(Registers.RTADDR, -PAGE | Registers.TTM, 0).expect64(Registers.IQT, -1, 0);
    return scene.expect64(Registers.IQA, -PAGE | 7, 0).expect32(Registers.ICS, 1, 0).end();
  }

  /** Each read-write field, whole and by itself; unused bits are written as 0. */
  @Clause("VTD-050")
  private static Case holding(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-050", "what software has written", facts).then();
    for (int control : new int[] {Registers.FECTL, Registers.IECTL}) {
      holds32(scene, control, Registers.IM);
      holds32(scene, control + 4, 0xffff);
      holds32(scene, control + 8, 0xffff_fffcL);
      if (facts.has(Feature.EIM)) {
        holds32(scene, control + 12, 0xffff_ff00L);
      }
    }
    holds64(scene, Registers.RTADDR, (1L << facts.hostAddressBits()) - PAGE);
    holds64(scene, Registers.IQT, facts.scalable() ? 0x7_ffe0 : 0x7_fff0);
    if (facts.scalable()) {
      scene.write64(Registers.RTADDR, 1L << Registers.TTM_SHIFT);
      scene.expect64(Registers.RTADDR, Registers.TTM, 1L << Registers.TTM_SHIFT);
    }
    if (facts.has(Feature.IR)) {
      holds64(scene, Registers.IRTA, ((1L << facts.hostAddressBits()) - PAGE) | 0xf);
      if (facts.has(Feature.EIM)) {
        holds64(scene, Registers.IRTA, Registers.EIME);
      }
    }
    return scene.end();
  }

  @Clause("VTD-050")
  private static Case holdingOfQueue(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-050", "the address of the queue", facts).then();
    holds64(scene, Registers.IQA, ((1L << facts.hostAddressBits()) - PAGE) | 7);
    if (facts.scalable()) {
      holds64(scene, Registers.IQA, Registers.DW);
    }
    return scene.end();
  }

  @Clause("VTD-050")
  private static Case holdingOfPages(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-050", "registers of page requests", facts).then();
    scene.only(facts.has(Feature.PRS));
    scene.expect32(Registers.PECTL, Registers.IM | Registers.IP, Registers.IM);
    holds32(scene, Registers.PECTL, Registers.IM);
    holds32(scene, Registers.PEDATA, 0xffff);
    holds32(scene, Registers.PEADDR, 0xffff_fffcL);
    if (facts.has(Feature.EIM)) {
      holds32(scene, Registers.PEADDR + 4, 0xffff_ff00L);
    }
    holds64(scene, Registers.PQA, ((1L << facts.hostAddressBits()) - PAGE) | 7);
    holds64(scene, Registers.PQH, 0x7_ffe0);
    return scene.end();
  }

  /** Every bit of the mask is set, then every other one, then none. */
  private static void holds32(VtdScene scene, int offset, long mask) {
    for (long value : new long[] {mask, mask & 0x5555_5555L, mask & 0xaaaa_aaaaL, 0}) {
      scene.write32(offset, value).expect32(offset, mask, value);
    }
  }

  private static void holds64(VtdScene scene, int offset, long mask) {
    for (long value :
        new long[] {mask, mask & 0x5555_5555_5555_5555L, mask & 0xaaaa_aaaa_aaaa_aaaaL, 0}) {
      scene.write64(offset, value).expect64(offset, mask, value);
    }
  }
}
