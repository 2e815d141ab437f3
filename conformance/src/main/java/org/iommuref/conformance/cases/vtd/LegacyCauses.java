package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.LegacyTables.P;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.NOWHERE;

import java.util.List;
import org.iommuref.conformance.cases.vtd.Cause.Answer;
import org.iommuref.conformance.cases.vtd.CauseCases.Legacy;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;

/** What a request is refused for in legacy mode, once its context entry is read. Manual 7.1.3. */
final class LegacyCauses {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final long TYPE = 3L << LegacyTables.TT_SHIFT;

  private LegacyCauses() {}

  static List<Cause<Legacy>> all() {
    return List.of(
        Cause.of(0x02, Answer.UNSUPPORTED, "an absent context entry", s -> change(s, 0, P)),
        Cause.of(0x0b, Answer.ABORTED, "a reserved field", s -> change(s, 1 << 5, 0)),
        Cause.of(0x03, Answer.ABORTED, "a reserved type", s -> change(s, TYPE, 0)),
        Cause.of(
            0x03,
            Answer.ABORTED,
            "a width that is not there",
            s -> s.scene().script.change(s.tables().contextAt(FIRST) + 8, 0, 7)),
        Cause.of(
            0x03,
            Answer.ABORTED,
            "a top table in no memory",
            s -> change(s, NOWHERE, Radix.ADDRESS & ~NOWHERE)),
        Cause.<Legacy>of(
                0x0d, Answer.UNSUPPORTED, "a type without device-TLB", s -> change(s, 0, TYPE))
            .where(facts -> facts.has(Feature.DT))
            .by(Requester.FIRST.translated()),
        Cause.<Legacy>of(0x04, Answer.NO_RIGHTS, "an address beyond", s -> {})
            .at(AccessKind.READ, 1L << 57),
        Cause.<Legacy>of(
                0x0d,
                Answer.UNSUPPORTED,
                "a translation request that passes through",
                s -> change(s, 2L << LegacyTables.TT_SHIFT, TYPE & ~(2L << LegacyTables.TT_SHIFT)))
            .where(facts -> facts.has(Feature.DT) && facts.has(Feature.PT))
            .by(Requester.FIRST.translated()),
        Cause.<Legacy>of(
                0x04,
                Answer.NONE,
                "an address beyond the host",
                s -> change(s, 2L << LegacyTables.TT_SHIFT, TYPE & ~(2L << LegacyTables.TT_SHIFT)))
            .where(facts -> facts.has(Feature.PT))
            .at(AccessKind.READ, 1L << 57),
        Cause.<Legacy>of(0x04, Answer.NONE, "a translated address beyond", s -> {})
            .where(facts -> facts.has(Feature.DT))
            .by(Requester.FIRST.translated())
            .at(AccessKind.READ, 1L << 57),
        Cause.<Legacy>of(0x05, Answer.NONE, "no right to write", s -> leaf(s, 0, Radix.WRITE))
            .at(AccessKind.WRITE, IOVA),
        Cause.of(0x06, Answer.NONE, "no right to read", s -> leaf(s, 0, Radix.READ)),
        Cause.of(
            0x07,
            Answer.ABORTED,
            "a table in no memory",
            s -> s.tables().stage.change(IOVA, 2, NOWHERE, Radix.ADDRESS & ~NOWHERE)),
        Cause.of(0x0c, Answer.ABORTED, "a reserved field in a leaf", s -> leaf(s, 1L << 62, 0)),
        Cause.of(
            0x0e,
            Answer.ABORTED,
            "output in the interrupt range",
            s -> s.tables().stage.map(IOVA, Remapping.INTERRUPTS)),
        Cause.<Legacy>of(
                0x09,
                Answer.ABORTED,
                "a context table in no memory",
                s -> s.tables().root(FIRST.bus(), NOWHERE | P, 0))
            .unqualified(),
        Cause.<Legacy>of(
                0x01, Answer.UNSUPPORTED, "no root entry", s -> s.tables().root(FIRST.bus(), 0, 0))
            .unqualified(),
        Cause.<Legacy>of(
                0x0a,
                Answer.ABORTED,
                "a reserved field in a root entry",
                s -> s.scene().script.change(s.tables().rootAt(FIRST.bus()), 2, 0))
            .unqualified(),
        Cause.<Legacy>of(0x08, Answer.ABORTED, "no root table", s -> s.scene().useRoot(NOWHERE))
            .unqualified(),
        Cause.<Legacy>of(0x31, Answer.UNSUPPORTED, "a PASID", s -> {})
            .unqualified()
            .by(Requester.FIRST.with(1)));
  }

  private static void change(Legacy s, long set, long clear) {
    s.scene().script.change(s.tables().contextAt(FIRST), set, clear);
  }

  private static void leaf(Legacy s, long set, long clear) {
    s.tables().stage.change(IOVA, 1, set, clear);
  }
}
