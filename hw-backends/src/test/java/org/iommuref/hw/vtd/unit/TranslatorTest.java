package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.unit.Translation;
import org.iommuref.spec.unit.Translator;
import org.junit.jupiter.api.Test;

/** Translating at once gives what a request in a slot is given, and touches no page. */
class TranslatorTest extends ScalableDirectedTest {

  private static final int DEVICE = Bench.DEVICE.value();
  private static final long OFFSET = 0x1238;

  private static long legacy(Bench bench, long address, AccessKind kind) {
    return bench.unit.translate(DEVICE, Translator.NO_PASID, address, kind);
  }

  private static long scalable(ScalableBench scene, long address) {
    return scene.bench.unit.translate(DEVICE, ScalableBench.PASID, address, AccessKind.READ);
  }

  @Test
  void address_inLegacyMode_goesWhereTheTablesSay() {
    Bench bench = new Bench(VtdParts.standard()).withDomain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.map(0x4000_0000L, Bench.PAGE_B, 2);
    bench.memory.writeLong(Bench.PAGE_A + 0x238, 7);
    for (String source : new String[] {"tables", "IOTLB"}) {
      assertThat(legacy(bench, Bench.IOVA + 0x238, AccessKind.WRITE))
          .as(source)
          .isEqualTo(Translation.to(Bench.PAGE_A + 0x238, 12));
      assertThat(legacy(bench, 0x4000_0000L + OFFSET, AccessKind.READ))
          .as(source)
          .isEqualTo(Translation.to(Bench.PAGE_B + OFFSET, 21));
    }
    assertThat(bench.memory.readLong(Bench.PAGE_A + 0x238)).as("no access").isEqualTo(7);
    bench.passThrough(Bench.DEVICE, Bench.DOMAIN);
    assertThat(bench.unit.translate(DEVICE + 1, Translator.NO_PASID, 0, AccessKind.READ))
        .isEqualTo(Translation.refused(0x02));
  }

  @Test
  void address_passedThrough_isThatOfAPage() {
    Bench bench = new Bench(VtdParts.standard());
    assertThat(legacy(bench, OFFSET, AccessKind.READ))
        .as("translation off")
        .isEqualTo(Translation.to(OFFSET, 12));
    bench.started().passThrough(Bench.DEVICE, Bench.DOMAIN);
    for (int i = 0; i < 2; i++) {
      assertThat(legacy(bench, OFFSET, AccessKind.READ)).isEqualTo(Translation.to(OFFSET, 12));
    }
  }

  @Test
  void refusal_isRecordedLikeAnyOther() {
    Bench bench = new Bench(VtdParts.standard()).withDomain();
    assertThat(legacy(bench, Bench.IOVA, AccessKind.WRITE)).isEqualTo(Translation.refused(0x05));
    assertThat(FaultRecording.FR.get(bench.record(0))).isEqualTo(0x05);
    assertThat(FaultRecording.SID.get(bench.record(0))).isEqualTo(DEVICE);
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(Translation.isRefused(legacy(bench, Bench.IOVA, AccessKind.READ)))
        .as("the refusal before is forgotten")
        .isFalse();
  }

  @Test
  void address_inScalableMode_goesWhereBothStagesSay() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(0x20_0000, Bench.PAGE_A, 2);
    for (int i = 0; i < 2; i++) {
      assertThat(scalable(scene, 0x20_0000 + OFFSET))
          .isEqualTo(Translation.to(Bench.PAGE_A + OFFSET, 21));
    }
    ScalableBench nested = scalable().withNested();
    nested.mapFirst(0x20_0000, Bench.PAGE_A, 2);
    for (int i = 0; i < 2; i++) {
      assertThat(scalable(nested, 0x20_0000 + OFFSET))
          .as("the smaller of 2 MiB and 1 GiB")
          .isEqualTo(Translation.to(Bench.PAGE_A + OFFSET, 21));
    }
    assertThat(scalable(nested, 0)).isEqualTo(Translation.refused(0x71));
  }

  @Test
  void pageOfAFirstStage_inTheInterruptRange_isRefused() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(Bench.IOVA, 0xfee0_0000L, 1);
    assertThat(scene.reasonOfRead()).isEqualTo(0x87);
    ScalableBench nested = scalable().withNested();
    nested.mapFirst(Bench.IOVA, 0xfee0_0000L, 1);
    assertThat(nested.reasonOfRead()).isEqualTo(0x87);
  }
}
