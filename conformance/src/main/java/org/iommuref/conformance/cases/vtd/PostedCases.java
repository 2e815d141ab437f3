package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.Posting.NOTIFY;
import static org.iommuref.conformance.cases.vtd.Posting.ON;
import static org.iommuref.conformance.cases.vtd.Posting.SN;
import static org.iommuref.conformance.cases.vtd.Posting.VECTOR;
import static org.iommuref.conformance.cases.vtd.Posting.high;
import static org.iommuref.conformance.cases.vtd.Remapping.ASSERTED;
import static org.iommuref.conformance.cases.vtd.Remapping.INDEX;
import static org.iommuref.conformance.cases.vtd.Remapping.P;
import static org.iommuref.conformance.cases.vtd.Remapping.address;
import static org.iommuref.conformance.cases.vtd.Remapping.notification;
import static org.iommuref.conformance.cases.vtd.Remapping.postedLow;

import java.util.stream.Stream;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;

/** Interrupt posting and its descriptor. Manual 5.2, 9.10 and 9.11. */
final class PostedCases {

  /** A device whose number uses the ends of its fields. */
  private static final Rid WIDE = new Rid(0x8109);

  private static final int QUADWORDS = 4;
  private static final int LAST = 7;

  private PostedCases() {}

  static Stream<Case> all(VtdFacts facts) {
    return Stream.of(
        posted(facts),
        source(facts),
        oneBit(facts),
        rest(facts),
        notified(facts),
        destination(facts),
        wideDestination(facts),
        reserved(facts),
        reservedDestination(facts),
        nowhere(facts),
        withoutAtomics(facts),
        refused(facts),
        reported(facts));
  }

  @Clause("VTD-197")
  private static Case posted(VtdFacts facts) {
    Posting p = Posting.of("VTD-197", "a descriptor instead of a message", facts);
    p.control(NOTIFY | SN).sends(Messages.NONE).holds(1, 2);
    p.control(NOTIFY).sends(notification(0x77)).holds(1, 2);
    long other = p.scene().page() + 64;
    p.r().entry(INDEX, postedLow(other), high(other));
    p.requests(1, 0).scene().put(other + Posting.CONTROL, NOTIFY | SN);
    p.sends(Messages.NONE).holds(1, 0).scene().holds(other + 8, 2).nothingRecorded();
    return p.end();
  }

  @Clause("VTD-195")
  private static Case source(VtdFacts facts) {
    Remapping r = Remapping.of("VTD-195", "the source of a posted interrupt", facts);
    r.scene().only(facts.postedInterrupts()).needs(Capability.ANY_REQUESTER);
    long descriptor = r.scene().page();
    long at = high(descriptor);
    long[] admit = {
      0,
      1L << 18 | WIDE.value(),
      5L << 16 | (WIDE.value() ^ 4),
      6L << 16 | (WIDE.value() ^ 6),
      7L << 16 | (WIDE.value() ^ 7),
      2L << 18 | 0x8181
    };
    for (long source : admit) {
      r.scene().put(descriptor + 32, NOTIFY);
      r.entry(INDEX, postedLow(descriptor), at | source);
      r.sends(WIDE, address(INDEX), 0, notification(0x77));
    }
    long[] refuse = {
      1L << 18 | (WIDE.value() ^ 1),
      5L << 16 | (WIDE.value() ^ 2),
      6L << 16 | (WIDE.value() ^ 1),
      2L << 18 | 0x0180
    };
    for (long source : refuse) {
      r.entry(INDEX, postedLow(descriptor), at | source);
      r.sends(WIDE, address(INDEX), 0, Messages.NONE).scene().recorded(0x26);
    }
    return r.end();
  }

  /** The first and the last vector of each quadword and one between, all others set or clear. */
  @Clause("VTD-204")
  private static Case oneBit(VtdFacts facts) {
    Posting p = Posting.of("VTD-204", "one bit of PIR", facts);
    for (int quadword = 0; quadword < QUADWORDS; quadword++) {
      for (int bit : new int[] {0, 1, 31, 32, 63}) {
        p.at(64 * quadword + bit, false).control(NOTIFY);
        p.requests(quadword, 0).sends(notification(0x77)).holds(quadword, 1L << bit);
        p.control(NOTIFY).requests(quadword, ~(1L << bit));
        p.sends(notification(0x77)).holds(quadword, -1);
        p.requests(quadword, 0);
      }
    }
    return p.end();
  }

  @Clause("VTD-204")
  private static Case rest(VtdFacts facts) {
    Posting p = Posting.of("VTD-204", "what else the descriptor holds", facts).at(VECTOR, true);
    for (int quadword = 0; quadword < QUADWORDS; quadword++) {
      p.requests(quadword, 0x1111_1111_1111_1111L << quadword);
    }
    p.control(NOTIFY | SN).sends(notification(0x77)).holdsControl(NOTIFY | SN | ON);
    for (int quadword = 0; quadword < QUADWORDS; quadword++) {
      p.holds(quadword, 0x1111_1111_1111_1111L << quadword | (quadword == 1 ? 2 : 0));
    }
    for (int quadword = QUADWORDS + 1; quadword <= LAST; quadword++) {
      p.holds(quadword, 0);
    }
    return p.sends(Messages.NONE).holdsControl(NOTIFY | SN | ON).end();
  }

  /** Every combination of ON, SN and URG. */
  @Clause("VTD-205")
  private static Case notified(VtdFacts facts) {
    Posting p = Posting.of("VTD-205", "ON, SN and URG", facts);
    for (boolean urgent : new boolean[] {false, true}) {
      p.at(VECTOR, urgent);
      for (long flags = 0; flags <= (ON | SN); flags++) {
        boolean sent = (flags & ON) == 0 && (urgent || (flags & SN) == 0);
        p.requests(1, 0).control(NOTIFY | flags);
        p.sends(sent ? notification(0x77) : Messages.NONE).holds(1, 2);
        p.holdsControl(NOTIFY | flags | (sent ? ON : 0));
      }
    }
    return p.end();
  }

  /** Each end of NV and of the 8 bits of NDST. */
  @Clause("VTD-206")
  private static Case destination(VtdFacts facts) {
    Posting p = Posting.of("VTD-206", "8 bits of destination", facts);
    for (int vector : new int[] {0x10, 0x41, 0x81, 0xfe}) {
      p.control(0x8100L << 32 | (long) vector << 16);
      p.sends(Messages.interrupt(0xfee8_1000L, vector | ASSERTED));
    }
    return p.control(0x7e00L << 32 | 0x77 << 16)
        .sends(Messages.interrupt(0xfee7_e000L, 0x77 | ASSERTED))
        .end();
  }

  @Clause("VTD-206")
  private static Case wideDestination(VtdFacts facts) {
    Posting p = Posting.extended("VTD-206", "32 bits of destination", facts);
    p.control(0x8234_5679L << 32 | 0x77 << 16);
    p.sends(Messages.interrupt(0x8234_5600_fee7_9000L, 0x77 | ASSERTED));
    p.control(1L << 32 | 0x77 << 16);
    return p.sends(Messages.interrupt(0xfee0_1000L, 0x77 | ASSERTED)).end();
  }

  /** The ends of each reserved run of bits. */
  @Clause("VTD-207")
  private static Case reserved(VtdFacts facts) {
    Posting p = Posting.of("VTD-207", "each reserved field", facts);
    for (int bit : new int[] {2, 15, 24, 31}) {
      p.control(NOTIFY | 1L << bit);
      refuses(p, 0x28);
    }
    p.control(NOTIFY);
    for (int quadword = QUADWORDS + 1; quadword <= LAST; quadword++) {
      for (int bit : new int[] {0, 63}) {
        p.requests(quadword, 1L << bit);
        refuses(p, 0x28);
      }
      p.requests(quadword, 0);
    }
    p.scene().put(p.descriptor() + 64, -1);
    return p.sends(notification(0x77)).end();
  }

  @Clause("VTD-207")
  private static Case reservedDestination(VtdFacts facts) {
    Posting p = Posting.of("VTD-207", "what NDST has beside 8 bits", facts);
    for (int bit : new int[] {32, 39, 48, 63}) {
      p.control(NOTIFY | 1L << bit);
      refuses(p, 0x28);
    }
    return p.control(NOTIFY).sends(notification(0x77)).end();
  }

  private static void refuses(Posting p, int reason) {
    p.sends(Messages.NONE).scene().recorded(reason);
  }

  @Clause("VTD-208")
  private static Case nowhere(VtdFacts facts) {
    Posting p = Posting.of("VTD-208", "no memory", facts);
    long nowhere = VtdScene.NOWHERE;
    p.r().refusesAs(postedLow(nowhere), high(nowhere), 0x27);
    p.at(VECTOR, false).control(NOTIFY);
    return p.sends(notification(0x77)).end();
  }

  @Clause("VTD-208")
  private static Case withoutAtomics(VtdFacts facts) {
    Posting p = Posting.of("VTD-208", "memory that takes no atomic access", facts);
    NonAtomicMemoryCases.refuse(p.control(NOTIFY).scene(), p.descriptor());
    refuses(p, 0x27);
    p.holds(1, 0).holdsControl(NOTIFY);
    NonAtomicMemoryCases.refuse(p.scene(), p.scene().page());
    return p.sends(notification(0x77)).holds(1, 2).end();
  }

  @Clause("VTD-209")
  private static Case refused(VtdFacts facts) {
    Posting p = Posting.of("VTD-209", "source, entry and descriptor", facts);
    long low = p.low(VECTOR, true);
    long high = high(p.descriptor());
    p.control(NOTIFY);
    p.r().refusesAs(low, high | 1L << 18 | 0xffff, 0x26);
    p.holds(1, 0).holdsControl(NOTIFY);
    p.r().refusesAs(low | 1 << 12, high, 0x24);
    p.r().refusesAs(low & ~P, high, 0x22);
    p.holds(1, 0).holdsControl(NOTIFY).requests(LAST, 1);
    p.r().refusesAs(low, high, 0x28);
    p.holds(1, 0).holdsControl(NOTIFY).requests(LAST, 0);
    return p.sends(notification(0x77)).holds(1, 2).end();
  }

  @Clause("VTD-210")
  private static Case reported(VtdFacts facts) {
    VtdScene scene = new VtdScene("VTD-210", "what CAP and ECAP report", facts).then();
    scene.only(facts.postedInterrupts());
    long ir = 1 << 3;
    return scene.expect64(Registers.ECAP, ir, ir).end();
  }
}
