package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class QueueTest extends DirectedTest {

  private static final long STATUS = 0x9000_0000L;
  private static final long QUEUE = 0x9100_0000L;

  private static Atom waitFor(int data) {
    return InvalidationDescriptor.waitWritingStatus(STATUS, data);
  }

  private static final Atom IOTLB =
      InvalidationDescriptor.iotlb(Granularity.DOMAIN, Bench.DOMAIN, 0, 0, false);

  @Test
  @Clause("VTD-035")
  void wait_completes_afterWhatIsBeforeIt() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.read(Bench.IOVA);
    bench.map(Bench.IOVA, Bench.PAGE_B, 1);
    bench.enqueue(
        InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0), IOTLB, waitFor(0x1234));
    while (bench.memory.readInt(STATUS) == 0) {
      bench.unit.advance(bench.queueMachine());
    }
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(0x1234);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_B));
  }

  @Test
  @Clause("VTD-035")
  void contextDescriptor_beforeAWait_isCarriedOut() {
    Bench bench = domain();
    bench.reasonOfRead(Bench.IOVA);
    bench.context(Bench.DEVICE, new Atom(0, 0));
    bench.submit(
        InvalidationDescriptor.context(Granularity.DEVICE, Bench.DOMAIN, Bench.DEVICE.value(), 0),
        waitFor(1));
    assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x02);
  }

  @Test
  @Clause("VTD-035")
  void head_whenADescriptorWasFetched_isBehindItThoughNothingIsDone() {
    Bench bench = domain();
    bench.enqueue(waitFor(1));
    bench.unit.advance(bench.queueMachine());
    assertThat(bench.read(Register.IQH)).isEqualTo(16);
    assertThat(bench.memory.readInt(STATUS)).isZero();
    bench.unit.advance(bench.queueMachine());
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(1);
  }

  @Test
  void queue_runsAround_atItsEnd() {
    Bench bench = domain();
    for (int i = 1; i <= 600; i++) {
      bench.submit(waitFor(i));
      assertThat(bench.memory.readInt(STATUS)).isEqualTo(i);
    }
    assertThat(bench.read(Register.IQH)).isEqualTo(600 * 16 % 4096);
  }

  @Test
  @Clause("VTD-038")
  void queueOfTwoPages_runsAround_atItsEnd() {
    int bytes = 0x2000;
    Bench bench = bench().started();
    bench.command(GlobalCommand.QIE, false);
    for (int at = 0; at < bytes - 16; at += 16) {
      bench.memory.writeAtom(QUEUE + at, InvalidationDescriptor.fence());
    }
    bench.memory.writeAtom(QUEUE + bytes - 16, InvalidationDescriptor.waitWritingStatus(STATUS, 1));
    bench.write(Register.IQA, QUEUE | 1);
    bench.write(Register.IQT, bytes - 16);
    bench.command(GlobalCommand.QIE, true);
    bench.unit.drain();
    assertThat(bench.read(Register.IQH)).as("VTD-038: within the queue").isEqualTo(bytes - 16);
    bench.write(Register.IQT, 0);
    bench.unit.drain();
    assertThat(bench.read(Register.IQH)).isZero();
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(1);
    bench.write(Register.IQT, bytes);
    bench.unit.drain();
    assertThat(QueueRegisters.IQEI.get(bench.read(Register.IQERCD)))
        .as("VTD-038")
        .isEqualTo(QueueRegisters.IQEI_INVALID_TAIL);
  }

  @Test
  void descriptors_whileTheQueueIsOff_wait() {
    Bench bench = domain();
    bench.command(GlobalCommand.QIE, false);
    bench.submit(waitFor(1));
    assertThat(bench.memory.readInt(STATUS)).isZero();
    bench.command(GlobalCommand.QIE, true);
    bench.unit.drain();
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(1);
  }

  @Test
  @Clause("VTD-036")
  void wait_withoutFlag_leavesIwcClear() {
    Bench bench = domain();
    bench.submit(waitFor(1));
    assertThat(bench.isSet(Register.ICS, QueueRegisters.IWC)).isFalse();
    bench.submit(new Atom(0x15 | 7L << 32, STATUS));
    assertThat(bench.isSet(Register.ICS, QueueRegisters.IWC)).isTrue();
    assertThat(bench.memory.readInt(STATUS)).as("no SW, no status").isEqualTo(1);
  }

  @Test
  void wait_withFenceAlone_doesNothing() {
    Bench bench = domain();
    bench.submit(new Atom(0x45, STATUS), waitFor(2));
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(2);
    assertThat(bench.isSet(Register.ICS, QueueRegisters.IWC)).isFalse();
  }

  @Test
  void wait_withAStatusAddressWithoutMemory_completes() {
    Bench bench = domain();
    bench.submit(InvalidationDescriptor.waitWritingStatus(1L << 45, 1), waitFor(2));
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(2);
  }

  // Errors.

  private static long error(Bench bench) {
    return bench.isSet(Register.FSTS, FaultStatus.IQE)
        ? QueueRegisters.IQEI.get(bench.read(Register.IQERCD))
        : 0;
  }

  private void assertStopsWith(int error, Atom descriptor) {
    assertStopsWith(parts, error, descriptor);
  }

  private static void assertStopsWith(VtdParts parts, int error, Atom descriptor) {
    Bench bench = new Bench(parts).withDomain();
    bench.submit(IOTLB, descriptor, waitFor(1));
    assertThat(error(bench)).as("%s", descriptor).isEqualTo(error);
    assertThat(bench.read(Register.IQH)).isEqualTo(16);
    assertThat(bench.memory.readInt(STATUS)).isZero();
  }

  @Test
  @Clause({"VTD-037", "VTD-038"})
  void descriptorOfUnknownType_stopsWith3() {
    for (int type : new int[] {0, 3, 4, 6, 7, 8, 9, 10, 15}) {
      assertStopsWith(3, new Atom(type | 0x10, 0));
    }
    assertStopsWith(3, new Atom(0x212, 0));
    assertStopsWith(3, new Atom(0x812, 0));
  }

  @Test
  @Clause({"VTD-037", "VTD-038"})
  void descriptorWithReservedBit_stopsWith4() {
    for (int bit : new int[] {6, 8, 12, 15, 50, 63}) {
      assertStopsWith(4, new Atom(0x11 | 1L << bit, 0));
    }
    assertStopsWith(4, new Atom(0x11, 1));
    for (int bit : new int[] {8, 12, 32, 63}) {
      assertStopsWith(4, new Atom(0x12 | 1L << bit, 0));
    }
    assertStopsWith(4, new Atom(0x12, 0x80));
    assertStopsWith(4, new Atom(0x12, 0x800));
    for (int bit : new int[] {7, 8, 12, 31}) {
      assertStopsWith(4, new Atom(0x25 | 1L << bit, STATUS));
    }
    assertStopsWith(4, new Atom(0x25, STATUS | 1));
  }

  @Test
  @Clause({"VTD-037", "VTD-038"})
  void descriptorWithReservedGranularity_stopsWith4() {
    assertStopsWith(4, new Atom(0x01, 0));
    assertStopsWith(4, new Atom(0x02, 0));
    assertStopsWith(
        capable(Capability.PSI, 0),
        4,
        InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, 0, 0, false));
  }

  @Test
  @Clause({"VTD-037", "VTD-038"})
  void descriptorWithAMaskAboveMamv_stopsWith4() {
    assertStopsWith(4, InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, 0, 19, false));
    Bench bench = domain();
    bench.submit(InvalidationDescriptor.iotlb(Granularity.PAGE, Bench.DOMAIN, 0, 18, false));
    assertThat(error(bench)).isZero();
  }

  @Test
  @Clause("VTD-038")
  void tailBeyondTheQueue_stopsWith1() {
    Bench bench = domain();
    bench.write(Register.IQT, 0x1000);
    bench.unit.drain();
    assertThat(error(bench)).isEqualTo(1);
  }

  @Test
  void queueWithoutMemory_stopsWith2() {
    Bench bench = bench();
    bench.write(Register.IQA, 1L << 45);
    bench.command(GlobalCommand.QIE, true);
    bench.write(Register.IQT, 16);
    bench.unit.drain();
    assertThat(error(bench)).isEqualTo(2);
  }

  @Test
  void queueOfWideDescriptors_stopsWith5() {
    Bench bench = bench();
    bench.write(Register.IQA, QueueRegisters.DW.put(bench.queueBase(), 1));
    bench.command(GlobalCommand.QIE, true);
    bench.write(Register.IQT, 32);
    bench.unit.drain();
    assertThat(error(bench)).isEqualTo(5);
  }

  @Test
  void queueInAnotherMode_stopsWith7() {
    Bench bench = bench().started();
    bench.setRootTable(RootTableAddress.TTM.put(bench.rootTable, 1));
    bench.submit(waitFor(1));
    assertThat(error(bench)).isEqualTo(7);
  }

  @Test
  @Clause("VTD-037")
  void queue_afterTheSlotIsRepairedAndIqeCleared_goesOnAtTheSlot() {
    Bench bench = domain();
    long slot = bench.queueBase() + bench.tail();
    bench.submit(new Atom(0xf, 0));
    bench.submit(waitFor(5));
    assertThat(bench.memory.readInt(STATUS)).isZero();
    bench.memory.writeAtom(slot, waitFor(4));
    bench.unit.drain();
    assertThat(bench.memory.readInt(STATUS)).as("while IQE is set").isZero();
    bench.write(Register.FSTS, FaultStatus.IQE.mask());
    bench.unit.advance(bench.queueMachine());
    bench.unit.advance(bench.queueMachine());
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(4);
    bench.unit.drain();
    assertThat(bench.memory.readInt(STATUS)).isEqualTo(5);
    assertThat(bench.read(Register.IQERCD)).isZero();
  }
}
