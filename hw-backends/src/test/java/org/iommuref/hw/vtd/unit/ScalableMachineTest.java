package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.iommuref.hw.event.ReadPasidDirectory;
import org.iommuref.hw.event.ReadPasidEntry;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.spi.CachePolicy;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.BusRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ScalableMachineTest extends ScalableDirectedTest {

  private static final long GUEST = 0x30_0000_0000L;
  private static final int PAGES = 6;

  private ScalableBench scene(CachePolicy policy, Footprint footprint) {
    return new ScalableBench(new Bench(parts.with(VtdConfiguration.scalable()), policy, footprint));
  }

  @Test
  void everyMoveOfANestedWalk_touchesOneAtomOfMemoryAtMost() {
    TouchedAtoms footprint = new TouchedAtoms();
    ScalableBench scene =
        scene(CachePolicy.ADVERSARIAL, footprint).withNested().with(PasidEntry.SSADE, 1);
    scene.mapFirst(Bench.IOVA, GUEST, 1);
    scene.mapSecond(GUEST, Bench.PAGE_A, 1);
    int slot = scene.bench.unit.request(ScalableBench.write(Bench.IOVA));
    int moves = 0;
    while (scene.bench.unit.enabled(slot)) {
      footprint.atoms.clear();
      scene.bench.unit.advance(slot);
      moves++;
      assertThat(footprint.atoms).as("move %d", moves).hasSizeLessThanOrEqualTo(1);
    }
    assertThat(scene.bench.unit.answer(slot)).isEqualTo(DONE);
    assertThat(moves).as("structures, 5 second stages, 4 entries, flags").isGreaterThan(30);
    assertThat(scene.bench.steps.events())
        .contains(new ReadPasidDirectory(slot), new ReadPasidEntry(slot));
  }

  @ParameterizedTest
  @EnumSource
  void pagesOfANestedSpace_afterTheirInvalidation_areThoseOfTheTables(CachePolicy policy) {
    for (long seed = 1; seed <= 4; seed++) {
      Random random = new Random(seed);
      ScalableBench scene = scene(policy, Footprint.NONE).withQueue().withNested();
      for (int i = 0; i < PAGES; i++) {
        scene.memory.writeLong(Bench.PAGE_A + i * 4096L, 100 + i);
        scene.mapSecond(GUEST + i * 4096L, Bench.PAGE_A + i * 4096L, 1);
      }
      Map<Long, Integer> mapped = new HashMap<>();
      for (int step = 0; step < 150; step++) {
        long iova = Bench.IOVA + random.nextInt(PAGES) * 4096L;
        if (random.nextInt(3) == 0) {
          change(scene, random, iova, mapped);
        }
        assertThat(scene.access(ScalableBench.read(iova)))
            .as("%s seed %d step %d", policy, seed, step)
            .isEqualTo(expected(mapped.get(iova)));
      }
    }
  }

  private static AccessOutcome expected(@Nullable Integer page) {
    return page == null ? AccessOutcome.blocked() : AccessOutcome.completed(100 + page);
  }

  /** Maps a page to another one or to none, and tells the unit by one of the two ways. */
  private static void change(
      ScalableBench scene, Random random, long iova, Map<Long, Integer> mapped) {
    int target = random.nextInt(PAGES + 1);
    if (target == PAGES) {
      mapped.remove(iova);
      scene.memory.writeLong(scene.firstAt(iova, 1), 0);
    } else {
      mapped.put(iova, target);
      scene.mapFirst(iova, GUEST + target * 4096L, 1);
    }
    boolean pages = random.nextBoolean();
    Atom order =
        PasidDescriptor.iotlb(pages ? 3 : 2, Bench.DOMAIN, ScalableBench.PASID, iova, 0, pages);
    scene.submit(order);
    assertThat(scene.queueError()).isZero();
  }

  @ParameterizedTest
  @EnumSource
  void secondStage_afterItsInvalidation_isThatOfTheTables(CachePolicy policy) {
    ScalableBench scene = scene(policy, Footprint.NONE).withQueue().withSecondStage();
    BusRequest read = ScalableBench.read(Bench.IOVA);
    for (int turn = 0; turn < 4; turn++) {
      long page = turn % 2 == 0 ? Bench.PAGE_A : Bench.PAGE_B;
      scene.memory.writeLong(
          scene.secondAt(Bench.IOVA, 1), SecondStageEntry.leaf(page, 1, true, true));
      scene.submit(InvalidationDescriptor.iotlb(3, Bench.DOMAIN, Bench.IOVA, 0, true));
      assertThat(scene.access(read)).as("turn %d", turn).isEqualTo(turn % 2 == 0 ? OF_A : OF_B);
    }
  }
}
