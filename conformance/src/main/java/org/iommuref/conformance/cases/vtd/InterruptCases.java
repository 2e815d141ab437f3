package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Remapping.ASSERTED;
import static org.iommuref.conformance.cases.vtd.Remapping.FPD;
import static org.iommuref.conformance.cases.vtd.Remapping.INDEX;
import static org.iommuref.conformance.cases.vtd.Remapping.INTERRUPTS;
import static org.iommuref.conformance.cases.vtd.Remapping.P;
import static org.iommuref.conformance.cases.vtd.Remapping.SIZE;
import static org.iommuref.conformance.cases.vtd.Remapping.address;
import static org.iommuref.conformance.cases.vtd.Remapping.message;
import static org.iommuref.conformance.cases.vtd.Remapping.notification;
import static org.iommuref.conformance.cases.vtd.Remapping.postedLow;
import static org.iommuref.conformance.cases.vtd.Remapping.remapped;

import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.call.DeviceCall.Interrupt;
import org.iommuref.spec.unit.call.Expect;

/** Interrupt remapping. Manual 5.1, 9.9, 9.10 and 6.5.2.7. */
final class InterruptCases {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final Rid SECOND = Requester.SECOND.rid();
  private static final long TO_APIC = 0xfee3_4000L;

  /** A device whose number uses the ends of its fields. */
  private static final Rid WIDE = new Rid(0x8109);

  private static final int ENTRIES = 256;

  private InterruptCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        compatibility(facts),
        required(facts),
        index(facts),
        absent(facts),
        reserved(facts),
        silenced(facts),
        source(facts),
        sourceOfAnyNumber(facts),
        fields(facts),
        extendedMode(facts),
        invalidation(facts),
        invalidationOfWideIndex(facts),
        table(facts),
        emptied(facts),
        recorded(facts),
        recordedOfPosted(facts),
        recordedWithoutIndex(facts),
        recordedOfRequired(facts));
  }

  @Clause("VTD-191")
  private static Case compatibility(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-191", "compatibility format", facts);
    r.scene().only(!facts.has(Feature.IRREQ));
    Expect same = Messages.interrupt(INTERRUPTS | 0x1000, 0x41);
    r.sends(FIRST, INTERRUPTS | 0x1000, 0x41, Messages.NONE);
    r.scene().expect32(r.scene().records().next() + 8, 0xffff, FIRST.value()).recorded(0x25);
    r.scene().level(Registers.CFI, true);
    r.sends(FIRST, INTERRUPTS | 0x1000, 0x41, same).scene().level(Registers.CFI, false);
    r.sends(FIRST, INTERRUPTS | 0x1000, 0x41, Messages.NONE).scene().recorded(0x25);
    r.scene().level(Registers.IRE, false);
    r.sends(FIRST, INTERRUPTS | 0x1000, 0x41, same);
    if (facts.has(Feature.EIM)) {
      r.scene().write64(Registers.IRTA, r.table() | Registers.EIME | SIZE);
      r.scene().command(Registers.SIRTP).level(Registers.CFI, true).level(Registers.IRE, true);
      r.sends(FIRST, INTERRUPTS | 0x1000, 0x41, Messages.NONE).scene().recorded(0x25);
    }
    return r.end();
  }

  @Clause("VTD-191")
  private static Case required(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-191", "units that require more", facts);
    scene.needs(Capability.STIMULUS_INTERRUPT).only(facts.has(Feature.IR)).start().then();
    scene.only(facts.has(Feature.IRREQ) || facts.has(Feature.EIMER));
    Remapping r = new Remapping(scene, scene.page());
    if (facts.has(Feature.IRREQ)) {
      r.sends(FIRST, INTERRUPTS | 0x1000, 0x41, Messages.NONE).scene().recorded(0x2b);
      r.sends(INDEX, Messages.NONE).scene().recorded(0x2b);
    }
    if (facts.has(Feature.EIMER)) {
      r.put(INDEX, remapped(0x41), 0);
      scene.write64(Registers.IRTA, r.table() | SIZE).command(Registers.SIRTP);
      scene.submit(Descriptors.allInterruptEntries()).level(Registers.IRE, true);
      r.refuses(INDEX, 0x2a);
    }
    return r.end();
  }

  @Clause("VTD-192")
  private static Case index(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-192", "handle and subhandle", facts);
    r.entry(INDEX, remapped(0x41), 0).entry(INDEX + 3, remapped(0x43), 0);
    r.sends(INDEX, message(0x41));
    r.sends(FIRST, address(INDEX) | 8, 3, message(0x43))
        .sends(FIRST, address(INDEX), 3, message(0x41));
    r.refuses(ENTRIES, 0x21).refuses(0x8000, 0x21).refuses(ENTRIES - 1, 0x22);
    r.sends(FIRST, address(INDEX) | 8, 1 << 16, Messages.NONE).scene().recorded(0x20);
    return r.end();
  }

  @Clause("VTD-193")
  private static Case absent(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-193", "P clear, FPD and no memory", facts);
    r.refuses(INDEX, 0x22).refusesAs(~(P | FPD), -1, 0x22);
    r.entry(INDEX, FPD, 0).sends(INDEX, Messages.NONE).scene().nothingRecorded();
    r.scene().level(Registers.IRE, false);
    r.scene().write64(Registers.IRTA, VtdScene.NOWHERE | SIZE).command(Registers.SIRTP);
    r.scene().submit(Descriptors.allInterruptEntries()).level(Registers.IRE, true);
    return r.refuses(INDEX, 0x23).end();
  }

  @Clause("VTD-194")
  private static Case reserved(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-194", "each reserved field and value", facts);
    for (int bit : new int[] {12, 13, 14, 24, 31, 32, 39, 48, 63}) {
      r.refusesAs(remapped(0x41) | 1L << bit, 0, 0x24);
    }
    for (int bit : new int[] {20, 32, 63}) {
      r.refusesAs(remapped(0x41), 1L << bit, 0x24);
    }
    r.refusesAsValue(remapped(0x41), 3L << 18);
    long posted = postedLow(r.scene().page());
    if (facts.postedInterrupts()) {
      for (int bit : new int[] {2, 7, 12, 13, 24, 37}) {
        r.refusesAs(posted | 1L << bit, 0, 0x24);
      }
      r.refusesAs(posted, 1L << facts.hostAddressBits(), 0x24);
      r.refusesAs(posted, 1 << 20, 0x24).refusesAs(posted, 1L << 63, 0x24);
      r.refusesAsValue(posted, 3L << 18).refusesAs(posted & ~P, 0, 0x22);
      long descriptor = r.scene().page();
      r.scene().put(descriptor + 32, Posting.NOTIFY);
      r.entry(INDEX, postedLow(descriptor) | 0xf << 8, descriptor >>> Integer.SIZE << Integer.SIZE);
      r.sends(INDEX, notification(0x77));
    } else {
      r.refusesAs(posted, 0, 0x24);
    }
    return r.entry(INDEX, remapped(0x41) | 0xf << 8, 0).sends(INDEX, message(0x41)).end();
  }

  @Clause("VTD-203")
  private static Case silenced(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-203", "each qualified fault", facts);
    r.silences(0, 0).silences(remapped(0x41), 1L << 20);
    r.silences(remapped(0x41), 1L << 18 | 0xffff);
    if (facts.postedInterrupts()) {
      long nowhere = VtdScene.NOWHERE;
      r.silences(postedLow(nowhere), nowhere >>> Integer.SIZE << Integer.SIZE);
      long descriptor = r.scene().page();
      r.scene().put(descriptor + 56, 1);
      r.silences(postedLow(descriptor), descriptor >>> Integer.SIZE << Integer.SIZE);
    }
    return r.end();
  }

  @Clause("VTD-195")
  private static Case source(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-195", "requester, function and bus", facts);
    int[] ignored = {0, 4, 6, 7};
    for (int sq = 0; sq < ignored.length; sq++) {
      for (int function = 0; function < 8; function++) {
        long high = 1L << 18 | (long) sq << 16 | FIRST.value() | function;
        if ((function & ~ignored[sq]) == 0) {
          r.entry(INDEX, remapped(0x41), high).sends(INDEX, message(0x41));
        } else {
          r.refusesAs(remapped(0x41), high, 0x26);
        }
      }
    }
    int bus = FIRST.bus();
    r.entry(INDEX, remapped(0x41), 2L << 18 | bus << 8 | bus).sends(INDEX, message(0x41));
    r.entry(INDEX, remapped(0x41), 2L << 18 | (bus + 2)).sends(INDEX, message(0x41));
    r.refusesAs(remapped(0x41), 2L << 18 | ((bus + 1) << 8) | (bus + 2), 0x26);
    return r.refusesAs(remapped(0x41), 2L << 18 | (bus - 1), 0x26).end();
  }

  @Clause("VTD-195")
  private static Case sourceOfAnyNumber(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-195", "a device of any number", facts);
    r.scene().needs(Capability.ANY_REQUESTER);
    r.entry(INDEX, remapped(0x41), 1L << 18 | WIDE.value());
    return r.sends(WIDE, address(INDEX), 0, message(0x41)).end();
  }

  @Clause("VTD-196")
  private static Case fields(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-196", "every field of an entry", facts);
    r.entry(INDEX, remapped(0x41) | 0x1c | 1 << 5, 0);
    r.sends(INDEX, Messages.interrupt(TO_APIC | 0xc, 0x41 | 1 << 8 | 1 << 15 | ASSERTED));
    r.entry(INDEX, remapped(0x41) | 4 << 5, 0);
    r.sends(INDEX, Messages.interrupt(TO_APIC, 0x41 | 4 << 8 | ASSERTED));
    return r.entry(INDEX, remapped(0x85), 0).sends(INDEX, message(0x85)).end();
  }

  @Clause("VTD-196")
  private static Case extendedMode(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-196", "32 bits of destination", facts, Registers.EIME);
    r.scene().only(facts.has(Feature.EIM));
    r.entry(INDEX, P | 0x41 << 16 | 0x1234_5678L << 32, 0);
    r.sends(INDEX, Messages.interrupt(0x1234_5600_fee7_8000L, 0x41 | ASSERTED));
    r.entry(INDEX, P | 0x41 << 16 | 0x8000_0001L << 32, 0);
    return r.sends(INDEX, Messages.interrupt(0x8000_0000_fee0_1000L, 0x41 | ASSERTED)).end();
  }

  @Clause("VTD-198")
  private static Case invalidation(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-198", "by index and all", facts);
    for (int mask = 0; mask <= Math.min(4, facts.mostInterruptMask()); mask++) {
      for (int named : new int[] {INDEX, INDEX & -(1 << mask), INDEX | (1 << mask) - 1}) {
        r.entry(INDEX, remapped(0x41), 0).sends(INDEX, message(0x41));
        r.put(INDEX, remapped(0x42), 0);
        r.scene().submit(Descriptors.interruptEntries(named, mask));
        r.sends(INDEX, message(0x42));
      }
    }
    r.put(INDEX, remapped(0x43), 0);
    r.scene().submit(Descriptors.allInterruptEntries());
    return r.sends(INDEX, message(0x43)).end();
  }

  /** Every bit of an index counts. */
  @Clause("VTD-198")
  private static Case invalidationOfWideIndex(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-198", "by the highest index", facts);
    VtdScene scene = r.scene();
    long table = scene.script.pages(256);
    int index = 0x8005;
    long handle = INTERRUPTS | 1 << 4 | (long) (index & 0x7fff) << 5 | (index >>> 13 & 4);
    scene.write64(Registers.IRTA, table | 0xf).command(Registers.SIRTP);
    scene.submit(Descriptors.allInterruptEntries()).put(table + 16L * index, remapped(0x41));
    r.sends(FIRST, handle, 0, message(0x41));
    scene.put(table + 16L * index, remapped(0x42));
    scene.submit(Descriptors.interruptEntries(index, 0));
    return r.sends(FIRST, handle, 0, message(0x42)).end();
  }

  @Clause("VTD-199")
  private static Case table(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-199", "another table", facts);
    long other = r.scene().page();
    r.entry(INDEX, remapped(0x41), 0).sends(INDEX, message(0x41));
    r.scene().put(other + 16L * INDEX, remapped(0x55)).put(other + 16L, remapped(0x56));
    r.scene().write64(Registers.IRTA, other | SIZE).submit(Descriptors.allInterruptEntries());
    r.sends(INDEX, message(0x41)).refuses(1, 0x22);
    r.scene().command(Registers.SIRTP).submit(Descriptors.allInterruptEntries());
    return r.sends(INDEX, message(0x55)).sends(1, message(0x56)).end();
  }

  @Clause("VTD-199")
  private static Case emptied(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-199", "nothing cached after SIRTP", facts);
    r.scene().only(facts.setsInterruptTableWithInvalidation());
    r.entry(INDEX, remapped(0x41), 0).sends(INDEX, message(0x41));
    r.put(INDEX, remapped(0x42), 0);
    r.scene().command(Registers.SIRTP);
    return r.sends(INDEX, message(0x42)).end();
  }

  @Clause("VTD-200")
  private static Case recorded(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-200", "source and index", facts);
    r.scene().needs(Capability.TWO_DEVICES);
    refused(r, INDEX, 0x22);
    refused(r, ENTRIES, 0x21);
    refused(r, 0x8000 | INDEX, 0x21);
    refused(r.entry(INDEX, remapped(0x41) | 1 << 12, 0), INDEX, 0x24);
    refused(r.entry(INDEX, remapped(0x41), 1L << 18 | 0xffff), INDEX, 0x26);
    r.scene().level(Registers.IRE, false);
    r.scene().write64(Registers.IRTA, VtdScene.NOWHERE | SIZE).command(Registers.SIRTP);
    r.scene().submit(Descriptors.allInterruptEntries()).level(Registers.IRE, true);
    refused(r, INDEX, 0x23);
    return r.end();
  }

  @Clause("VTD-200")
  private static Case recordedOfPosted(VtdFacts facts) {
    Posting p = Posting.of("VTD-200", "source and index of a posted interrupt", facts);
    p.scene().needs(Capability.TWO_DEVICES);
    p.control(1L << 31);
    refused(p.r(), INDEX, 0x28);
    long nowhere = VtdScene.NOWHERE;
    refused(p.r().entry(INDEX, postedLow(nowhere), Posting.high(nowhere)), INDEX, 0x27);
    return p.end();
  }

  /** What is refused before its index is known has a source alone. */
  @Clause("VTD-200")
  private static Case recordedWithoutIndex(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-200", "source without an index", facts);
    r.scene().needs(Capability.TWO_DEVICES);
    r.entry(INDEX, remapped(0x41), 0);
    sourced(r, address(INDEX) | 8, 1 << 16, 0x20);
    return r.end();
  }

  @Clause("VTD-200")
  private static Case recordedOfRequired(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-200", "source in units that require more", facts);
    scene.needs(Capability.STIMULUS_INTERRUPT).needs(Capability.TWO_DEVICES);
    scene.only(facts.has(Feature.IR) && facts.has(Feature.IRREQ)).start().then();
    Remapping r = new Remapping(scene, scene.page());
    sourced(r, INTERRUPTS | 0x1000, 0x41, 0x2b);
    if (facts.has(Feature.EIMER)) {
      scene.write64(Registers.IRTA, r.table() | SIZE).command(Registers.SIRTP);
      scene.submit(Descriptors.allInterruptEntries()).level(Registers.IRE, true);
      sourced(r, address(INDEX), 0, 0x2a);
    }
    return r.end();
  }

  /** The second device's interrupt must be refused, and recorded with its index. */
  private static void refused(Remapping r, int index, int reason) {
    r.scene().add(interrupt(address(index), 0)).sent(Messages.NONE);
    r.scene().expect64(r.scene().records().next(), -1, (long) index << 48);
    r.scene().expect32(r.scene().records().next() + 8, 0xffff, SECOND.value()).recorded(reason);
  }

  /** The second device's message must be refused, and recorded as its. */
  private static void sourced(Remapping r, long address, int data, int reason) {
    r.scene().add(interrupt(address, data)).sent(Messages.NONE);
    r.scene().expect32(r.scene().records().next() + 8, 0xffff, SECOND.value()).recorded(reason);
  }

  private static Interrupt interrupt(long address, int data) {
    return new Interrupt(SECOND, address, data, Expect.ANY);
  }
}
