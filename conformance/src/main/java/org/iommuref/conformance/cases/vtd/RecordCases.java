package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.ScalableTables.PASID;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;
import static org.iommuref.conformance.cases.vtd.VtdScene.PAGE;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.vtd.RequestKind.Form;
import org.iommuref.conformance.cases.vtd.VtdFacts.Feature;
import org.iommuref.conformance.suite.Case;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.call.Expect;

/**
 * What a fault record tells of each kind of request, refused by its structures, by its tables or by
 * its address. Fields that do not count for a kind are not looked at. Manual 11.4.7.6.
 */
final class RecordCases {

  /** A page that leads to the interrupt range. */
  private static final long OUTSIDE = IOVA + 0x1_0000;

  private static final long T1 = 1L << 30;
  private static final int AT_SHIFT = 28;
  private static final int PV_SHIFT = 8;
  private static final long T2 = 1L << 28;
  private static final long PP = 1L << 31;
  private static final long EXE = 1L << 30;
  private static final long PRIV = 1L << 29;

  /** A refusal by each structure of legacy mode, by its tables, and by rights. */
  private static final Set<Integer> LEGACY = Set.of(0x01, 0x02, 0x07, 0x06, 0x31);

  /** The same of scalable mode. */
  private static final Set<Integer> SCALABLE =
      Set.of(0x39, 0x41, 0x51, 0x58, 0x59, 0x71, 0x70, 0x79, 0x78, 0x85, 0x86, 0x45);

  private RecordCases() {}

  static Stream<Case> all(VtdFacts facts) {
    List<Case> cases = new ArrayList<>();
    for (RequestKind kind : RequestKind.withoutPasid()) {
      cases.add(type(legacy("VTD-212", kind, facts), kind));
      cases.add(type(scalable("VTD-212", kind, facts), kind));
      cases.add(addressType(legacy("VTD-184", kind, facts), kind));
      cases.add(addressType(scalable("VTD-184", kind, facts), kind));
      cases.add(pasid(scalable("VTD-125", kind, facts), kind));
      cases.add(pasid(legacy("VTD-125", kind, facts), kind));
      cases.add(place(scalable("VTD-213", kind, facts), kind));
    }
    for (RequestKind kind : RequestKind.withPasid()) {
      cases.add(type(scalable("VTD-212", kind, facts), kind));
      cases.add(addressType(scalable("VTD-184", kind, facts), kind));
      cases.add(pasid(scalable("VTD-125", kind, facts), kind));
      cases.add(pasid(legacy("VTD-125", kind, facts), kind));
      cases.add(place(scalable("VTD-213", kind, facts), kind));
    }
    return Stream.concat(cases.stream(), places(facts));
  }

  /**
   * A request to be made.
   *
   * @param scene where the first device has one page that leads to the interrupt range
   * @param context where its context entry is
   */
  private record Scene(VtdScene scene, long context) {

    /** What the record holds, of a refusal by the context entry and of one by tables or address. */
    Case shows(RequestKind kind, BiConsumer<VtdScene, Long> record) {
      scene.script.change(context, 0, 1);
      shows(kind, IOVA, record);
      scene.script.change(context, 1, 0);
      if (kind.form() != Form.PAGE) {
        shows(kind, late(kind), record);
      }
      return scene.end();
    }

    /** An address that such a request is refused for. */
    private long late(RequestKind kind) {
      if (kind.isTranslated()) {
        return Remapping.INTERRUPTS;
      }
      return kind.form() == Form.TRANSLATION ? OUTSIDE : IOVA + 2 * PAGE;
    }

    private void shows(RequestKind kind, long address, BiConsumer<VtdScene, Long> record) {
      scene.forgetAll();
      kind.raise(scene, address);
      record.accept(scene, address);
      scene.giveBack();
    }
  }

  private static Scene legacy(String clause, RequestKind kind, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, kind.name() + " in legacy mode", facts);
    kind.need(scene);
    LegacyTables tables = new LegacyTables(scene);
    tables.stage.map(OUTSIDE, Remapping.INTERRUPTS);
    long type = facts.has(Feature.DT) ? 1L << LegacyTables.TT_SHIFT : 0;
    tables.context(
        Requester.FIRST.rid(),
        tables.stage.top() | LegacyTables.P | type,
        tables.high(VtdScene.DOMAIN));
    scene.start();
    return new Scene(ready(scene, kind), tables.contextAt(Requester.FIRST.rid()));
  }

  private static Scene scalable(String clause, RequestKind kind, VtdFacts facts) {
    ScalableScene s = ScalableScene.mapped(clause, kind.name(), facts);
    kind.need(s.scene());
    s.stage().map(OUTSIDE, Remapping.INTERRUPTS);
    if (kind.who().pasid() != null) {
      s.tables().put(Requester.FIRST.rid(), PASID, s.entry());
    }
    return new Scene(ready(s.scene(), kind), s.tables().contextAt());
  }

  private static VtdScene ready(VtdScene scene, RequestKind kind) {
    if (kind.form() == Form.PAGE) {
      scene.write64(Registers.PQA, scene.page());
    }
    return scene.then();
  }

  /** The upper dword of the record to come. */
  private static void upper(VtdScene scene, long mask, long value) {
    long f = 1L << 31;
    scene.expect32(scene.records().next() + 12, f | mask, f | value);
  }

  private static void lower(VtdScene scene, long mask, long value) {
    scene.expect32(scene.records().next() + 8, mask, value);
  }

  @Clause("VTD-212")
  private static Case type(Scene s, RequestKind kind) {
    return s.shows(
        kind,
        (scene, address) -> {
          upper(scene, T1, kind.first() ? T1 : 0);
          lower(scene, T2, kind.second() ? T2 : 0);
        });
  }

  @Clause("VTD-184")
  private static Case addressType(Scene s, RequestKind kind) {
    s.scene().only(s.scene().facts.has(Feature.DT) && kind.form() != Form.PAGE);
    long type = (long) kind.addressType() << AT_SHIFT;
    return s.shows(kind, (scene, address) -> upper(scene, 3L << AT_SHIFT, type));
  }

  @Clause("VTD-125")
  private static Case pasid(Scene s, RequestKind kind) {
    if (kind.who().pasid() == null) {
      return s.shows(kind, (scene, address) -> lower(scene, PP, 0));
    }
    long counts = PP | PRIV | (kind.mayExecute() ? EXE : 0);
    long executes = kind.kind() == AccessKind.EXECUTE ? EXE : 0;
    long bits = PP | (kind.who().privileged() ? PRIV : 0) | executes;
    return s.shows(
        kind,
        (scene, address) -> {
          upper(scene, 0xf_ffffL << PV_SHIFT, (long) PASID << PV_SHIFT);
          lower(scene, counts, bits);
        });
  }

  @Clause("VTD-213")
  private static Case place(Scene s, RequestKind kind) {
    return s.shows(kind, RecordCases::holdsPlace);
  }

  /** The record to come must hold who makes requests, and the page of the address. */
  static void holdsPlace(VtdScene scene, long address) {
    scene.expect64(scene.records().next(), -1, address & -PAGE);
    lower(scene, 0xffff, scene.who().rid().value());
  }

  /** A refusal by each structure and stage. */
  private static Stream<Case> places(VtdFacts facts) {
    Stream<Case> legacy =
        LegacyCauses.all().stream()
            .filter(cause -> LEGACY.contains(cause.reason()))
            .map(cause -> placeIn(facts, cause));
    Stream<Case> structures = places(facts, ScalableScene::mapped, StructureCauses.all());
    Stream<Case> first = places(facts, ScalableScene::first, StageCauses.ofFirstStage());
    Stream<Case> second = places(facts, ScalableScene::second, StageCauses.ofSecondStage());
    return Stream.of(legacy, structures, first, second).flatMap(cases -> cases);
  }

  private static Stream<Case> places(
      VtdFacts facts, CauseCases.Opening opening, List<Cause<ScalableScene>> causes) {
    return causes.stream()
        .filter(cause -> SCALABLE.contains(cause.reason()))
        .map(cause -> placeIn(facts, opening, cause));
  }

  @Clause("VTD-022")
  private static Case placeIn(VtdFacts facts, Cause<CauseCases.Legacy> cause) {
    CauseCases.Legacy s = CauseCases.Legacy.of("VTD-022", cause.words(), facts);
    s.scene().only(cause.applies().test(facts));
    cause.wrong().accept(s);
    return placeIn(s.scene(), cause);
  }

  @Clause("VTD-213")
  private static Case placeIn(
      VtdFacts facts, CauseCases.Opening opening, Cause<ScalableScene> cause) {
    ScalableScene s = opening.of("VTD-213", cause.words(), facts);
    s.scene().only(cause.applies().test(facts));
    cause.wrong().accept(s);
    return placeIn(s.scene(), cause);
  }

  private static Case placeIn(VtdScene scene, Cause<?> cause) {
    scene.forgetAll().by(cause.who());
    scene.access(cause.kind(), cause.address(), RequestKind.WRITTEN, Expect.ANY);
    holdsPlace(scene, cause.address());
    return scene.giveBack().end();
  }
}
