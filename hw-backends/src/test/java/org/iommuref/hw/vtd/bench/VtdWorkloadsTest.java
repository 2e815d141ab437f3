package org.iommuref.hw.vtd.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.iommuref.hw.vtd.layout.FaultReason;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.spi.TranslationKind;
import org.iommuref.spec.spi.TranslationWorkload;
import org.iommuref.spec.step.Footprint;
import org.iommuref.spec.unit.Translation;
import org.iommuref.spec.unit.Translator;
import org.junit.jupiter.api.Test;

/** That requests are of the kind that they are measured as: by what they read of memory. */
class VtdWorkloadsTest {

  /** With one device, the context entry and the PASID entry are cached. */
  private static final Map<TranslationKind, Integer> READS_OF_ONE_DEVICE =
      Map.of(
          TranslationKind.HIT, 0,
          TranslationKind.PASID_HIT, 0,
          TranslationKind.THREE_LEVEL_MISS, 3,
          TranslationKind.FOUR_LEVEL_MISS, 4,
          TranslationKind.NESTED_MISS, 17,
          TranslationKind.FAULT, 1,
          TranslationKind.INVALIDATION, 2);

  /**
   * With many, the root entry and the atoms of the context entry and of what it names come first.
   */
  private static final Map<TranslationKind, Integer> READS_OF_MANY =
      Map.of(
          TranslationKind.HIT, 0,
          TranslationKind.PASID_HIT, 0,
          TranslationKind.THREE_LEVEL_MISS, 2 + 3,
          TranslationKind.FOUR_LEVEL_MISS, 2 + 4,
          TranslationKind.NESTED_MISS, 1 + 2 + 1 + 4 + 4 * 4 + 3,
          TranslationKind.FAULT, 2 + 1,
          TranslationKind.INVALIDATION, 2 + 3 + 1);

  private static final class Reads implements Footprint {
    private long count;

    @Override
    public void read(Object space, long address) {
      count++;
    }

    @Override
    public void readAtom(Object space, long address) {
      count++;
    }

    @Override
    public void write(Object space, long address) {}
  }

  private static void readsEach(TranslationKind kind, int devices, int expected) {
    Reads reads = new Reads();
    TranslationWorkload workload = new VtdWorkloads().open(kind, devices, reads);
    assertThat(workload.pages()).as(kind.title()).isEqualTo(4096L * devices);
    for (int i = 0; i < 2 * VtdWorkloads.HELD * devices; i++) {
      workload.next();
    }
    for (int i = 0; i < 1000; i++) {
      long before = reads.count;
      long translation = workload.next();
      assertThat(Translation.isRefused(translation))
          .as(kind.title())
          .isEqualTo(kind == TranslationKind.FAULT);
      assertThat(reads.count - before).as("%s, %d devices", kind, devices).isEqualTo(expected);
    }
  }

  @Test
  void requests_ofOneDevice_readWhatTheirKindReads() {
    READS_OF_ONE_DEVICE.forEach((kind, reads) -> readsEach(kind, 1, reads));
  }

  @Test
  void requests_ofManyDevices_findNoStructureOfTheirOwnCached() {
    READS_OF_MANY.forEach((kind, reads) -> readsEach(kind, 64, reads));
  }

  @Test
  void faults_areAllRecordedAndGivenBack() {
    BenchUnit machine = new BenchUnit(false, Footprint.NONE);
    TranslationWorkload refused =
        new Requests(machine, new int[] {0}, Translator.NO_PASID, new long[] {0}, 0);
    Faults faults = new Faults(refused, machine);
    for (int i = 0; i < 20; i++) {
      assertThat(Translation.reason(faults.next())).isEqualTo(FaultReason.LRT_2.code());
      long status = machine.unit.readRegister(machine.offset(Register.FSTS), 4);
      assertThat(FaultStatus.PFO.isSet(status)).as("PFO").isFalse();
      assertThat(FaultStatus.PPF.isSet(status)).as("PPF").isFalse();
      int record = machine.offset(Register.FRCD) + i % 8 * FaultRecording.BYTES;
      assertThat(FaultRecording.FR.get(machine.unit.readRegister(record + 8, 8)))
          .as("record " + i)
          .isEqualTo(FaultReason.LRT_2.code());
    }
  }

  @Test
  void pages_goWhereTheTablesSay() {
    for (TranslationKind kind : TranslationKind.values()) {
      if (kind != TranslationKind.FAULT) {
        long translation = new VtdWorkloads().open(kind, 1, Footprint.NONE).next();
        assertThat(Translation.address(translation)).as(kind.title()).isEqualTo(1L << 36);
        assertThat(Translation.pageShift(translation)).as(kind.title()).isEqualTo(12);
      }
    }
  }

  @Test
  void tables_ofPagesInARow_takeEightBytesAPageAndWhatIsAbove() {
    TranslationWorkload hits = new VtdWorkloads().open(TranslationKind.HIT, 1, Footprint.NONE);
    int tables = 1 + 1 + 3 - 1 + 4096 / 512; // root, contexts, two levels above the leaves, leaves
    assertThat(hits.tableBytes()).isEqualTo(4096L * tables);
  }
}
