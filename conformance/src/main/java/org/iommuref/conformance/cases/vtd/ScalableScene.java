package org.iommuref.conformance.cases.vtd;

import static org.iommuref.conformance.cases.vtd.VtdScene.DOMAIN;
import static org.iommuref.conformance.cases.vtd.VtdScene.IOVA;

import org.iommuref.conformance.suite.Case;

/**
 * A scene in scalable mode and its tables; requests carry no PASID unless a case says so.
 *
 * @param scene the scene
 * @param tables its structures
 * @param stage the stage by which the first device translates in most cases
 */
record ScalableScene(VtdScene scene, ScalableTables tables, Radix stage) {

  /** Nothing but a context entry with an empty directory; translation on. */
  static ScalableScene empty(String clause, String name, VtdFacts facts) {
    VtdScene scene = new VtdScene(clause, name, facts);
    ScalableTables tables = new ScalableTables(scene);
    tables.context(Requester.FIRST.rid());
    scene.tagged(1, 2).startScalable().then();
    return new ScalableScene(scene, tables, tables.first());
  }

  /** {@link VtdScene#IOVA} reaches page 1 by what the unit has, second stage or first. */
  static ScalableScene mapped(String clause, String name, VtdFacts facts) {
    return facts.supportsTranslation(PasidFields.SECOND_STAGE)
        ? second(clause, name, facts)
        : first(clause, name, facts);
  }

  /** The same by a first stage of four levels. */
  static ScalableScene first(String clause, String name, VtdFacts facts) {
    ScalableScene empty = empty(clause, name, facts);
    empty.scene.only(facts.supportsTranslation(PasidFields.FIRST_STAGE));
    Radix stage = empty.tables.first();
    stage.map(IOVA, empty.scene.page(1));
    empty.tables.put(empty.tables.firstStage(stage, DOMAIN));
    return new ScalableScene(empty.scene, empty.tables, stage);
  }

  /** The same by a second stage. */
  static ScalableScene second(String clause, String name, VtdFacts facts) {
    ScalableScene empty = empty(clause, name, facts);
    empty.scene.only(facts.supportsTranslation(PasidFields.SECOND_STAGE));
    Radix stage = empty.tables.second();
    stage.map(IOVA, empty.scene.page(1));
    empty.tables.put(empty.tables.secondStage(stage, DOMAIN));
    return new ScalableScene(empty.scene, empty.tables, stage);
  }

  /** The entry of requests without PASID, as it stands. */
  long[] entry() {
    long[] entry = new long[PasidFields.QUADWORDS];
    for (int i = 0; i < entry.length; i++) {
      entry[i] = scene.script.at(tables.entryAt() + (long) Long.BYTES * i);
    }
    return entry;
  }

  /** Changes a field of the entry of requests without PASID, and drops what is cached of it. */
  ScalableScene with(PasidFields field, long value) {
    long[] entry = entry();
    field.put(entry, value);
    tables.put(entry);
    scene.forgetAll();
    return this;
  }

  /** The entry of requests without PASID with one bit set must be refused for that reason. */
  void refusesWithBit(int bit, int reason) {
    refusesWith(bit / Long.SIZE, 1L << bit, reason);
  }

  /** The same with more bits of a quadword set. */
  void refusesWith(int quadword, long bits, int reason) {
    long[] before = entry();
    long[] wrong = before.clone();
    wrong[quadword] |= bits;
    refusesAs(wrong, reason);
    tables.put(before);
    scene.forgetAll();
  }

  /** Another entry must be refused for that reason. */
  void refusesAs(long[] entry, int reason) {
    tables.put(entry);
    scene.forgetAll().refuses(IOVA, reason);
  }

  /** Bits of a word in memory set and cleared, what is cached dropped, must give that refusal. */
  void refusesAfter(long at, long set, long clear, int reason) {
    long before = scene.script.at(at);
    scene.script.change(at, set, clear);
    scene.forgetAll().refuses(IOVA, reason).put(at, before);
  }

  Case end() {
    return scene.end();
  }
}
