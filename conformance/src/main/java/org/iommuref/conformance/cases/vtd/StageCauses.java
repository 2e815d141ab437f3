package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.NOWHERE;

import java.util.List;
import java.util.function.Consumer;
import org.iommuref.conformance.cases.vtd.Cause.Answer;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.spec.access.AccessKind;

/** What a request is refused for by tables, addresses and rights of a stage. Manual 7.1.3. */
final class StageCauses {

  private StageCauses() {}

  static List<Cause<ScalableScene>> ofFirstStage() {
    return List.of(
        of(0x70, Answer.NO_RIGHTS, "a table in no memory", s -> nowhere(s, 2)),
        of(0x71, Answer.NO_RIGHTS, "an absent leaf", s -> leaf(s, 0, Radix.PRESENT)),
        of(0x72, Answer.NO_RIGHTS, "a reserved field in a leaf", s -> leaf(s, 1L << 51, 0)),
        of(0x73, Answer.NO_RIGHTS, "a top table in no memory", s -> pointer(s, 2)),
        of(0x90, Answer.NO_RIGHTS, "a flag without snoop", StageCauses::unsnooped)
            .where(facts -> facts.has(Feature.SMPWCS)),
        of(
                0x91,
                Answer.NO_RIGHTS_RECORDED,
                "a flag in memory without atomic accesses",
                s -> {
                  leaf(s, 0, Radix.A);
                  withoutAtomics(s);
                })
            .where(facts -> facts.has(Feature.SMPWCS)),
        of(0x80, Answer.NO_RIGHTS, "an address that is not canonical", s -> {})
            .at(AccessKind.READ, 1L << 60),
        of(0x81, Answer.NO_RIGHTS, "a page of the supervisor", s -> leaf(s, 0, Radix.US)),
        of(0x85, Answer.NONE, "a page that is not writable", s -> leaf(s, 0, Radix.RW))
            .at(AccessKind.WRITE, IOVA),
        of(
            0x87,
            Answer.ABORTED,
            "output in the interrupt range",
            s -> s.stage().map(IOVA, Remapping.INTERRUPTS)),
        of(0x5b, Answer.ABORTED, "levels that are reserved", s -> s.with(PasidFields.FSPM, 3)));
  }

  static List<Cause<ScalableScene>> ofSecondStage() {
    return List.of(
        of(0x78, Answer.ABORTED, "a table in no memory", s -> nowhere(s, 2)),
        of(0x79, Answer.NO_RIGHTS, "a leaf without rights", s -> leaf(s, 0, Radix.RIGHTS)),
        of(0x7a, Answer.ABORTED, "a reserved field in a leaf", s -> leaf(s, 1L << 62, 0)),
        of(0x7b, Answer.ABORTED, "a top table in no memory", s -> pointer(s, 0)),
        of(
                0x7c,
                Answer.ABORTED,
                "a flag without snoop",
                s -> s.with(PasidFields.SSADE, 1).with(PasidFields.PWSNP, 0))
            .where(facts -> facts.has(Feature.SSADS)),
        of(
                0x7d,
                Answer.ABORTED,
                "a flag in memory without atomic accesses",
                s -> withoutAtomics(s.with(PasidFields.SSADE, 1)))
            .where(facts -> facts.has(Feature.SSADS) && facts.has(Feature.SMPWCS)),
        of(0x84, Answer.NO_RIGHTS, "an address beyond", s -> {}).at(AccessKind.READ, 1L << 57),
        of(0x85, Answer.NONE, "a page that is not writable", s -> leaf(s, 0, Radix.WRITE))
            .at(AccessKind.WRITE, IOVA),
        of(0x86, Answer.NONE, "a page that is not readable", s -> leaf(s, 0, Radix.READ)),
        of(
            0x87,
            Answer.ABORTED,
            "output in the interrupt range",
            s -> s.stage().map(IOVA, Remapping.INTERRUPTS)),
        of(0x5b, Answer.ABORTED, "a nested table beyond", StageCauses::nestedBeyond)
            .where(facts -> facts.has(Feature.NEST) && facts.supportsWidth(VtdFacts.AW_39)));
  }

  private static Cause<ScalableScene> of(
      int reason, Answer answer, String name, Consumer<ScalableScene> wrong) {
    return Cause.of(reason, answer, name, wrong);
  }

  private static void leaf(ScalableScene s, long set, long clear) {
    s.stage().change(IOVA, 1, set, clear);
  }

  private static void nowhere(ScalableScene s, int level) {
    s.stage().change(IOVA, level, NOWHERE, Radix.ADDRESS & ~NOWHERE);
  }

  private static void pointer(ScalableScene s, int quadword) {
    s.scene()
        .script
        .change(s.tables().entryAt() + 8L * quadword, NOWHERE, Radix.ADDRESS & ~NOWHERE);
  }

  private static void unsnooped(ScalableScene s) {
    leaf(s, 0, Radix.A);
    s.with(PasidFields.PWSNP, 0);
  }

  private static void withoutAtomics(ScalableScene s) {
    NonAtomicMemoryCases.refuse(s.scene(), s.stage().entry(IOVA, 1));
  }

  private static void nestedBeyond(ScalableScene s) {
    Radix second = Radix.second(s.scene().script, 3);
    long[] entry = s.tables().nested(s.tables().first(), second, VtdScene.DOMAIN);
    entry[2] |= 1L << 39;
    s.tables().put(entry);
  }
}
