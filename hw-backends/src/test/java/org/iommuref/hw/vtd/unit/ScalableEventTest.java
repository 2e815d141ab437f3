package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.hw.event.AccessPage;
import org.iommuref.hw.event.ExecuteContextInvalidation;
import org.iommuref.hw.event.ExecuteInvalidation;
import org.iommuref.hw.event.ExecutePasidInvalidation;
import org.iommuref.hw.event.ExecutePasidIotlbInvalidation;
import org.iommuref.hw.event.HitIotlb;
import org.iommuref.hw.event.StopQueue;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.step.Step;
import org.junit.jupiter.api.Test;

/** Each move of a request in scalable mode that matters to others is reported, in its order. */
class ScalableEventTest extends ScalableDirectedTest {

  private static List<String> eventsOf(ScalableBench scene, long address) {
    scene.bench.steps.events();
    scene.access(ScalableBench.read(address));
    return scene.bench.steps.events().stream().map(Step::action).toList();
  }

  @Test
  void walkOfAFirstStage_reportsEachEntryAndEachFlagThatItSets() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(eventsOf(scene, Bench.IOVA))
        .containsExactly(
            "StartDma",
            "ReadRoot",
            "ReadContext",
            "ReadPasidDirectory",
            "ReadPasidEntry",
            "UpdateEntry",
            "ReadNonLeaf",
            "UpdateEntry",
            "ReadNonLeaf",
            "UpdateEntry",
            "ReadNonLeaf",
            "UpdateEntry",
            "ReadLeaf",
            "AccessPage");
    assertThat(eventsOf(scene, Bench.IOVA)).containsExactly("StartDma", "HitIotlb", "AccessPage");
    scene.mapFirst(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    assertThat(eventsOf(scene, Bench.IOVA + 0x1000))
        .containsExactly("StartDma", "HitPagingStructure", "UpdateEntry", "ReadLeaf", "AccessPage");
  }

  @Test
  void walkOfASecondStage_reportsEachEntry() {
    ScalableBench scene = scalable().withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(eventsOf(scene, Bench.IOVA))
        .endsWith("ReadNonLeaf", "ReadNonLeaf", "ReadNonLeaf", "ReadLeaf", "AccessPage");
    scene.mapSecond(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    assertThat(eventsOf(scene, Bench.IOVA + 0x1000))
        .containsExactly("StartDma", "HitPagingStructure", "ReadLeaf", "AccessPage");
  }

  @Test
  void walkOfASecondStage_reportsEachFlagThatItSets() {
    ScalableBench scene = scalable().withSecondStage().with(PasidEntry.SSADE, 1);
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(eventsOf(scene, Bench.IOVA))
        .endsWith(
            "UpdateEntry",
            "ReadNonLeaf",
            "UpdateEntry",
            "ReadNonLeaf",
            "UpdateEntry",
            "ReadNonLeaf",
            "UpdateEntry",
            "ReadLeaf",
            "AccessPage");
  }

  @Test
  void addressPassedUnchanged_isReported() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    assertThat(eventsOf(scene, Bench.PAGE_A)).endsWith("PassUntranslated", "AccessPage");
    assertThat(eventsOf(scene, Bench.PAGE_A)).containsExactly("StartDma", "HitIotlb", "AccessPage");
  }

  @Test
  void invalidations_areReportedAsTheyWereOrdered() {
    ScalableBench scene = scalable().withQueue();
    scene.bench.steps.events();
    scene.submit(
        InvalidationDescriptor.context(Granularity.DEVICE, 3, 0x0108, 2),
        InvalidationDescriptor.iotlb(Granularity.PAGE, 4, 0x7000, 1, true),
        PasidDescriptor.pasidCache(1, 5, 6),
        PasidDescriptor.iotlb(3, 7, 8, 0x9000, 0, true));
    assertThat(scene.bench.steps.events().stream().filter(step -> isOfAnInvalidation(step)))
        .containsExactly(
            new ExecuteContextInvalidation(Granularity.DEVICE, 3, 0x0108, 2),
            new ExecuteInvalidation(0x6000, 0x2000, true, Granularity.PAGE, 4),
            new ExecutePasidInvalidation(1, 5, 6),
            new ExecutePasidIotlbInvalidation(0x9000, 0x9fff, true, 3, 7, 8));
  }

  @Test
  void newRootTable_isReportedAsAnInvalidationOfAll() {
    Bench bench =
        new Bench(parts.with(VtdConfiguration.scalable().withCapability(Capability.ESRTPS, 1)));
    bench.setRootTable(bench.rootTable);
    assertThat(bench.steps.events().stream().filter(step -> isOfAnInvalidation(step)))
        .containsExactly(new ExecuteInvalidation(0, -1, false, Granularity.GLOBAL, 0));
  }

  @Test
  void queueThatStops_isReportedWithItsHeadAndError() {
    ScalableBench scene = scalable().withQueue();
    scene.submit(InvalidationDescriptor.fence());
    scene.bench.steps.events();
    scene.submit(new Atom(0xf, 0));
    assertThat(scene.bench.steps.events())
        .containsExactly(new StopQueue(32, QueueRegisters.IQEI_INVALID_TYPE));
  }

  private static boolean isOfAnInvalidation(Step step) {
    return step.action().startsWith("Execute");
  }

  @Test
  void events_nameTheRequestByItsSlot() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    scene.access(ScalableBench.read(Bench.IOVA));
    int first = scene.bench.unit.request(ScalableBench.read(Bench.IOVA));
    int second = scene.bench.unit.request(ScalableBench.read(Bench.IOVA));
    scene.bench.steps.events();
    scene.bench.unit.drain();
    assertThat(scene.bench.steps.events())
        .containsExactly(
            new HitIotlb(first),
            new HitIotlb(second),
            new AccessPage(first, Bench.PAGE_A),
            new AccessPage(second, Bench.PAGE_A));
  }
}
