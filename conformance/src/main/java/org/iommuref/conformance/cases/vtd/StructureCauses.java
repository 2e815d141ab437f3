package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.ScalableTables.DTE;
import static org.iommuref.conformance.cases.vtd.ScalableTables.EPTR;
import static org.iommuref.conformance.cases.vtd.ScalableTables.P;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PASIDE;
import static org.iommuref.conformance.cases.vtd.ScalableTables.PRE;
import static org.iommuref.conformance.cases.vtd.VtdScene.NOWHERE;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.Cause.Answer;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Rid;

/** What a request is refused for by root, context, directory and PASID entries. Manual 7.1.3. */
final class StructureCauses {

  private static final Rid FIRST = Requester.FIRST.rid();
  private static final Requester USER = Requester.FIRST.with(PASID);
  private static final int DIRECTORY_PASIDS = 1 << 13;

  private StructureCauses() {}

  static List<Cause<ScalableScene>> all() {
    return Stream.of(roots(), contexts(), requests(), directories(), entries())
        .flatMap(List::stream)
        .toList();
  }

  private static List<Cause<ScalableScene>> roots() {
    return List.of(
        of(0x38, Answer.ABORTED, "no root table", StructureCauses::withoutRoot).unqualified(),
        of(0x39, Answer.UNSUPPORTED, "no root entry", s -> root(s, 0, P)).unqualified(),
        of(0x3a, Answer.ABORTED, "a reserved field in it", s -> root(s, 2, 0)).unqualified(),
        of(
                0x40,
                Answer.ABORTED,
                "a context table in no memory",
                s -> root(s, NOWHERE, Radix.ADDRESS & ~NOWHERE))
            .unqualified());
  }

  private static List<Cause<ScalableScene>> contexts() {
    return List.of(
        of(0x41, Answer.UNSUPPORTED, "an absent context entry", s -> context(s, 0, P)),
        of(0x42, Answer.ABORTED, "a reserved field in it", s -> context(s, 1 << 7, 0)),
        of(0x43, Answer.ABORTED, "page requests without device-TLB", s -> context(s, PRE, DTE))
            .where(facts -> facts.has(Feature.PRS)),
        of(0x43, Answer.ABORTED, "translated PASIDs without PASIDs", s -> context(s, EPTR, PASIDE))
            .where(facts -> facts.has(Feature.PTRS)),
        of(
                0x43,
                Answer.ABORTED,
                "RID_PASID beyond the directory",
                s -> s.scene().script.change(s.tables().contextAt() + 8, DIRECTORY_PASIDS, 0))
            .where(facts -> facts.has(Feature.RPS)));
  }

  private static List<Cause<ScalableScene>> requests() {
    return List.of(
        of(0x44, Answer.UNSUPPORTED, "DTE clear", s -> context(s, 0, DTE | PRE))
            .where(facts -> facts.has(Feature.DT))
            .by(Requester.FIRST.translated()),
        of(0x45, Answer.UNSUPPORTED, "PASIDE clear", s -> context(s, 0, PASIDE | EPTR))
            .where(facts -> facts.has(Feature.PASID))
            .by(USER),
        of(0x46, Answer.UNSUPPORTED, "a PASID beyond the directory", s -> {})
            .where(facts -> facts.has(Feature.PASID) && facts.pasidBits() > 14)
            .by(Requester.FIRST.with(DIRECTORY_PASIDS)),
        of(
                0x48,
                Answer.UNSUPPORTED,
                "the PASID of requests without",
                s -> s.scene().put(s.tables().contextAt() + 8, PASID))
            .where(facts -> facts.has(Feature.PASID) && facts.has(Feature.RPS))
            .by(USER),
        of(0x49, Answer.NONE, "EPTR clear", s -> context(s, 0, EPTR))
            .where(facts -> facts.has(Feature.PTRS))
            .by(USER.translated()),
        of(0x89, Answer.NONE, "a PASID beyond the unit", s -> {})
            .where(facts -> facts.has(Feature.PASID) && facts.pasidBits() == 12)
            .by(Requester.FIRST.with(1 << 12)));
  }

  private static List<Cause<ScalableScene>> directories() {
    return List.of(
        of(
                0x50,
                Answer.ABORTED,
                "a directory in no memory",
                s -> context(s, NOWHERE, Radix.ADDRESS & ~NOWHERE))
            .unqualified(),
        of(0x51, Answer.NO_RIGHTS, "an absent directory entry", s -> directory(s, 0, P)),
        of(0x52, Answer.ABORTED, "a reserved field in it", s -> directory(s, 1 << 2, 0)),
        of(
                0x58,
                Answer.ABORTED,
                "a PASID table in no memory",
                s -> directory(s, NOWHERE, Radix.ADDRESS & ~NOWHERE))
            .unqualified());
  }

  private static List<Cause<ScalableScene>> entries() {
    return List.of(
        of(0x59, Answer.NO_RIGHTS, "an absent PASID entry", s -> entry(s, 0, 0, P)),
        of(0x5a, Answer.ABORTED, "a reserved field in it", s -> entry(s, 7, 1, 0)),
        of(0x5b, Answer.ABORTED, "a type that is reserved", s -> s.with(PasidFields.PGTT, 7)),
        of(0x5b, Answer.ABORTED, "a width that is reserved", s -> s.with(PasidFields.AW, 7))
            .where(facts -> facts.has(Feature.SSTS)),
        of(
                0x5d,
                Answer.NO_RIGHTS,
                "a supervisor",
                s ->
                    s.scene().script.change(s.tables().contextAt() + 8, ScalableTables.RID_PRIV, 0))
            .where(facts -> facts.has(Feature.RPRIVS)),
        of(
                0x83,
                Answer.NO_RIGHTS,
                "an address beyond the host",
                s -> s.tables().put(s.tables().passThrough(VtdScene.DOMAIN)))
            .where(facts -> facts.has(Feature.PT))
            .at(AccessKind.READ, 1L << 57),
        of(0x83, Answer.NONE, "a translated address beyond", s -> {})
            .where(facts -> facts.has(Feature.DT))
            .by(Requester.FIRST.translated())
            .at(AccessKind.READ, 1L << 57));
  }

  private static Cause<ScalableScene> of(
      int reason, Answer answer, String name, Consumer<ScalableScene> wrong) {
    return Cause.of(reason, answer, name, wrong);
  }

  private static void withoutRoot(ScalableScene s) {
    s.scene().write64(Registers.RTADDR, NOWHERE | 1L << Registers.TTM_SHIFT);
    s.scene().command(Registers.SRTP);
  }

  private static void root(ScalableScene s, long set, long clear) {
    s.scene().script.change(s.tables().rootAt(FIRST), set, clear);
  }

  private static void context(ScalableScene s, long set, long clear) {
    s.scene().script.change(s.tables().contextAt(), set, clear);
  }

  private static void directory(ScalableScene s, long set, long clear) {
    long at = s.tables().directoryAt(FIRST, s.tables().ridPasid());
    s.scene().script.change(at, set, clear);
  }

  private static void entry(ScalableScene s, int quadword, long set, long clear) {
    s.scene().script.change(s.tables().entryAt() + 8L * quadword, set, clear);
  }
}
