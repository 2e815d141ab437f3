package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

/** An invalidation that overtakes a walk of scalable mode makes it start anew. INV-001 */
@Clause("INV-001")
class ScalableRestartTest extends ScalableDirectedTest {

  private static final int OTHER_DOMAIN = Bench.DOMAIN + 1;

  private ScalableBench scene = scalable();
  private long[] before = {};
  private long[] after = {};

  /** A PASID whose entry leads to page A, and what its entry will be: leading to page B. */
  private void prepare() {
    scene = scalable().withQueue().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    before = scene.entryOf(ScalableBench.PASID);
    after = ScalableBench.firstStage(scene.bench.page());
    PasidEntry.put(after, PasidEntry.DID, OTHER_DOMAIN);
    scene.pasid(ScalableBench.PASID, after);
    scene.mapFirst(Bench.IOVA, Bench.PAGE_B, 1);
    scene.pasid(ScalableBench.PASID, before);
  }

  /** Whether a walk of so many moves goes to page B when the entry has changed and this came. */
  private boolean startsAnew(int moves, Atom order) {
    prepare();
    int slot = scene.bench.unit.request(ScalableBench.read(Bench.IOVA));
    for (int i = 0; i < moves; i++) {
      scene.bench.unit.advance(slot);
    }
    assertThat(scene.bench.unit.stageOf(slot)).isLessThan(DmaRequest.Stage.TRANSLATED);
    scene.pasid(ScalableBench.PASID, after);
    scene.enqueue(order);
    while (scene.bench.unit.enabled(scene.bench.queueMachine())) {
      scene.bench.unit.advance(scene.bench.queueMachine());
    }
    assertThat(scene.queueError()).isZero();
    scene.bench.unit.drain();
    return OF_B.equals(scene.bench.unit.answer(slot));
  }

  private static final int ENTRY_READ = 8;
  private static final int SOME_TABLES_READ = 11;

  @Test
  void pasidInvalidation_takesTheEntryThatAWalkHolds() {
    for (int moves : new int[] {ENTRY_READ, SOME_TABLES_READ}) {
      assertThat(
              startsAnew(moves, PasidDescriptor.pasidCache(1, Bench.DOMAIN, ScalableBench.PASID)))
          .as("of the PASID, %d moves", moves)
          .isTrue();
      assertThat(startsAnew(moves, PasidDescriptor.pasidCache(3, 0, 0))).as("global").isTrue();
      assertThat(
              startsAnew(
                  moves, PasidDescriptor.pasidCache(1, Bench.DOMAIN, ScalableBench.PASID + 1)))
          .as("of another PASID")
          .isFalse();
      assertThat(
              forgets(moves, PasidDescriptor.pasidCache(1, Bench.DOMAIN, ScalableBench.PASID + 1)))
          .as("of another PASID, %d moves", moves)
          .isFalse();
    }
  }

  /** Whether a walk that has read some tables has to start anew when this comes. */
  private boolean forgets(int moves, Atom order) {
    prepare();
    int slot = scene.bench.unit.request(ScalableBench.read(Bench.IOVA));
    for (int i = 0; i < moves; i++) {
      scene.bench.unit.advance(slot);
    }
    scene.enqueue(order);
    while (scene.bench.unit.enabled(scene.bench.queueMachine())) {
      scene.bench.unit.advance(scene.bench.queueMachine());
    }
    return scene.bench.unit.stageOf(slot) == DmaRequest.Stage.TAKEN;
  }

  @Test
  void contextInvalidation_takesTheContextEntryThatAWalkHolds() {
    int device = Bench.DEVICE.value();
    Atom global = InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0);
    Atom own = InvalidationDescriptor.context(Granularity.DEVICE, 0, device, 0);
    Atom other = InvalidationDescriptor.context(Granularity.DEVICE, 0, device + 1, 0);
    assertThat(forgets(SOME_TABLES_READ, global)).as("global").isTrue();
    assertThat(forgets(SOME_TABLES_READ, own)).as("of the device").isTrue();
    assertThat(forgets(SOME_TABLES_READ, other)).as("of another device").isFalse();
  }

  @Test
  void iotlbInvalidation_takesTheTablesThatAWalkHolds() {
    Atom global = InvalidationDescriptor.iotlb(Granularity.GLOBAL, 0, 0, 0, false);
    Atom own = InvalidationDescriptor.iotlb(Granularity.DOMAIN, Bench.DOMAIN, 0, 0, false);
    Atom other = InvalidationDescriptor.iotlb(Granularity.DOMAIN, OTHER_DOMAIN, 0, 0, false);
    assertThat(forgets(SOME_TABLES_READ, global)).as("global").isTrue();
    assertThat(forgets(SOME_TABLES_READ, own)).as("of the domain").isTrue();
    assertThat(forgets(SOME_TABLES_READ, other)).as("of another domain").isFalse();
    assertThat(forgets(2, own)).as("before the domain is known").isFalse();
    assertThat(forgets(2, global)).as("before a table is read").isFalse();
  }

  @Test
  void pasidIotlbInvalidation_takesTheTablesThatAWalkHolds() {
    Atom own = PasidDescriptor.iotlb(2, Bench.DOMAIN, ScalableBench.PASID, 0, 0, false);
    Atom otherPasid = PasidDescriptor.iotlb(2, Bench.DOMAIN, ScalableBench.PASID + 1, 0, 0, false);
    Atom otherDomain = PasidDescriptor.iotlb(2, OTHER_DOMAIN, ScalableBench.PASID, 0, 0, false);
    assertThat(forgets(SOME_TABLES_READ, own)).as("of the PASID").isTrue();
    assertThat(forgets(SOME_TABLES_READ, otherPasid)).as("of another PASID").isFalse();
    assertThat(forgets(SOME_TABLES_READ, otherDomain)).as("of another domain").isFalse();
    assertThat(forgets(2, own)).as("before the domain is known").isFalse();
  }

  @Test
  void pasidInvalidation_beforeTheDomainIsKnown_takesEveryWalk() {
    Atom other = PasidDescriptor.pasidCache(1, OTHER_DOMAIN, ScalableBench.PASID);
    assertThat(forgets(2, other)).as("it may hold half of the entry").isTrue();
    assertThat(forgets(SOME_TABLES_READ, other)).as("another domain's").isFalse();
  }

  @Test
  @Clause("VTD-164")
  void translationTurnedOff_makesEveryWalkStartAnew() {
    prepare();
    int slot = scene.bench.unit.request(ScalableBench.read(Bench.IOVA));
    for (int i = 0; i < SOME_TABLES_READ; i++) {
      scene.bench.unit.advance(slot);
    }
    scene.bench.command(GlobalCommand.TE, false);
    assertThat(scene.bench.unit.stageOf(slot)).as("VTD-164").isEqualTo(DmaRequest.Stage.TAKEN);
  }
}
