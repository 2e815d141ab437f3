package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.LegacyTables.P;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.Cause.Answer;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.TranslationCompletion.Status;
import org.iommuref.spec.unit.call.Expect;
import org.iommuref.spec.unit.call.FieldBits;

/**
 * Each fault reason with FPD, and as a translation request meets it. Manual 4.2.3, 7.1.1 and 7.1.3.
 */
final class CauseCases {

  private static final Rid FIRST = Requester.FIRST.rid();

  private CauseCases() {}

  /** Legacy mode with its tables; the first device reads page 1. */
  record Legacy(VtdScene scene, LegacyTables tables) {

    static Legacy of(String clause, String name, VtdFacts facts) {
      VtdScene scene = new VtdScene(clause, name, facts);
      LegacyTables tables = new LegacyTables(scene);
      tables.stage.map(VtdScene.IOVA, scene.page(1));
      long type = facts.has(Feature.DT) ? 1L << LegacyTables.TT_SHIFT : 0;
      tables.context(FIRST, tables.stage.top() | P | type, tables.high(VtdScene.DOMAIN));
      scene.tagged(1).start().then();
      return new Legacy(scene, tables);
    }
  }

  /** How a scene of scalable mode begins. */
  @FunctionalInterface
  interface Opening {
    ScalableScene of(String clause, String name, VtdFacts facts);
  }

  static Stream<Case> all(VtdFacts facts) {
    List<Case> cases = new ArrayList<>();
    for (Cause<Legacy> cause : LegacyCauses.all()) {
      if (cause.meetsFpd()) {
        cases.add(silenced(facts, cause));
      }
      cases.add(answered(facts, cause));
    }
    add(cases, facts, ScalableScene::mapped, StructureCauses.all());
    add(cases, facts, ScalableScene::first, StageCauses.ofFirstStage());
    add(cases, facts, ScalableScene::second, StageCauses.ofSecondStage());
    return cases.stream();
  }

  private static void add(
      List<Case> cases, VtdFacts facts, Opening opening, List<Cause<ScalableScene>> causes) {
    for (Cause<ScalableScene> cause : causes) {
      if (cause.meetsFpd()) {
        cases.add(silenced(facts, opening, cause));
      }
      cases.add(answered(facts, opening, cause));
    }
  }

  @Clause("VTD-021")
  private static Case silenced(VtdFacts facts, Cause<Legacy> cause) {
    Legacy s = Legacy.of("VTD-021", "FPD and " + cause.words(), facts);
    s.scene().only(cause.applies().test(facts));
    long context = s.tables().contextAt(FIRST);
    cause.wrong().accept(s);
    return silenced(s.scene(), cause, context, LegacyTables.FPD);
  }

  @Clause("VTD-124")
  private static Case silenced(VtdFacts facts, Opening opening, Cause<ScalableScene> cause) {
    ScalableScene s = opening.of("VTD-124", "FPD and " + cause.words(), facts);
    s.scene().only(cause.applies().test(facts));
    long context = s.tables().contextAt();
    cause.wrong().accept(s);
    return silenced(s.scene(), cause, context, ScalableTables.FPD);
  }

  /** With FPD it is recorded only if it is not qualified. */
  private static Case silenced(VtdScene scene, Cause<?> cause, long context, long fpd) {
    scene.script.change(context, fpd, 0);
    scene.forgetAll().by(cause.who());
    return cause.qualified()
        ? Silence.silent(scene, cause.kind(), cause.address()).end()
        : Silence.told(scene, cause.kind(), cause.address()).end();
  }

  @Clause("VTD-180")
  private static Case answered(VtdFacts facts, Cause<Legacy> cause) {
    Legacy s = Legacy.of("VTD-180", "in legacy mode, " + cause.words(), facts);
    cause.wrong().accept(s);
    return answered(s.scene(), cause);
  }

  @Clause("VTD-180")
  private static Case answered(VtdFacts facts, Opening opening, Cause<ScalableScene> cause) {
    ScalableScene s = opening.of("VTD-180", cause.words(), facts);
    cause.wrong().accept(s);
    return answered(s.scene(), cause);
  }

  private static Case answered(VtdScene scene, Cause<?> cause) {
    scene.only(cause.applies().test(scene.facts) && cause.answer() != Answer.NONE);
    scene.needs(Capability.STIMULUS_ATS).only(scene.facts.has(Feature.DT));
    scene.forgetAll().by(cause.who());
    Expect none = status(Status.SUCCESS).and("read", 0).and("write", 0);
    return switch (cause.answer()) {
      case NO_RIGHTS -> scene.asks(cause.address(), false, none).nothingRecorded().end();
      case NO_RIGHTS_RECORDED -> recorded(scene, cause, none);
      case UNSUPPORTED -> recorded(scene, cause, status(Status.UNSUPPORTED));
      case ABORTED, NONE -> recorded(scene, cause, status(Status.ABORTED));
    };
  }

  private static Case recorded(VtdScene scene, Cause<?> cause, Expect answer) {
    return scene.asks(cause.address(), false, answer).recorded(cause.reason()).end();
  }

  private static Expect status(Status status) {
    return new Expect(List.of(FieldBits.of("status", status)), null);
  }
}
