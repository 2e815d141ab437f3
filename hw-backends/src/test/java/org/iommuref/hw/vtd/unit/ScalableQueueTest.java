package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PasidDescriptor;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.UnitMessage;
import org.junit.jupiter.api.Test;

class ScalableQueueTest extends ScalableDirectedTest {

  private static final long STATUS = 0x9000_0000L;
  private static final Atom WAIT = InvalidationDescriptor.waitWritingStatus(STATUS, 1);

  private static VtdConfiguration withDevices() {
    return VtdConfiguration.scalable()
        .withExtendedCapability(ExtendedCapability.DT, 1)
        .withExtendedCapability(ExtendedCapability.PRS, 1);
  }

  private static Atom or(Atom descriptor, long low, long high) {
    return new Atom(descriptor.low() | low, descriptor.high() | high);
  }

  private long errorOf(Atom descriptor) {
    ScalableBench scene = scalable(withDevices()).withQueue();
    scene.submit(WAIT, descriptor);
    if (scene.queueError() != 0) {
      assertThat(scene.bench.read(Register.IQH)).isEqualTo(32);
    }
    return scene.queueError();
  }

  @Test
  @Clause("VTD-165")
  void width_thatDoesNotFitTheMode_isError5() {
    ScalableBench scene = scalable().withQueue();
    scene.bench.write(Register.IQA, scene.slot());
    scene.submit(WAIT);
    assertThat(scene.queueError()).isEqualTo(QueueRegisters.IQEI_INVALID_WIDTH);
    Bench legacy = domain();
    legacy.write(Register.IQA, legacy.queueBase() | QueueRegisters.DW.mask());
    legacy.submit(WAIT, WAIT);
    assertThat(QueueRegisters.IQEI.get(legacy.read(Register.IQERCD)))
        .isEqualTo(QueueRegisters.IQEI_INVALID_WIDTH);
  }

  @Test
  @Clause("VTD-165")
  void tail_thatIsNoMultipleOf32_isError6() {
    ScalableBench scene = scalable().withQueue();
    scene.bench.write(Register.IQT, 16);
    scene.bench.unit.drain();
    assertThat(scene.queueError()).isEqualTo(QueueRegisters.IQEI_MISALIGNED_TAIL);
  }

  @Test
  @Clause("VTD-165")
  void mode_thatTheUnitLacks_isError7() {
    ScalableBench scene = scalable().withQueue();
    scene.bench.write(Register.RTADDR, RootTableAddress.TTM.put(0, 2));
    scene.submit(WAIT);
    assertThat(scene.queueError()).isEqualTo(QueueRegisters.IQEI_INVALID_MODE);
  }

  @Test
  @Clause("VTD-166")
  void upperHalf_thatIsNot0_isError4() {
    for (int bit : new int[] {0, 63, 64, 127}) {
      ScalableBench scene = scalable().withQueue();
      long at = scene.slot();
      scene.enqueue(WAIT);
      scene.memory.writeLong(at + 16 + bit / 64 * 8L, 1L << bit);
      scene.bench.unit.drain();
      assertThat(scene.queueError()).as("bit %d", 128 + bit).isEqualTo(4);
      assertThat(scene.memory.readInt(STATUS)).isZero();
    }
  }

  @Test
  @Clause("VTD-166")
  void pfsid_withoutDit_isError4() {
    assertThat(errorOf(or(InvalidationDescriptor.deviceTlb(1, 0, false), 0x1000, 0))).isEqualTo(4);
    assertThat(errorOf(or(PasidDescriptor.deviceTlb(1, 1, 0, false), 1L << 52, 0))).isEqualTo(4);
  }

  @Test
  @Clause("VTD-037")
  void reservedBits_ofEachType_areError4() {
    Atom iotlb = PasidDescriptor.iotlb(2, 1, 1, 0, 0, false);
    Atom cache = PasidDescriptor.pasidCache(3, 0, 0);
    Atom device = PasidDescriptor.deviceTlb(1, 1, 0, false);
    Atom response = PasidDescriptor.response(1, 1, 1, 0);
    assertThat(errorOf(or(iotlb, 0x40, 0))).isEqualTo(4);
    assertThat(errorOf(or(iotlb, 1L << 52, 0))).isEqualTo(4);
    assertThat(errorOf(or(iotlb, 0, 0x80))).isEqualTo(4);
    assertThat(errorOf(or(cache, 0x1000, 0))).isEqualTo(4);
    assertThat(errorOf(or(cache, 0, 1))).isEqualTo(4);
    assertThat(errorOf(or(device, 0, 0x400))).isEqualTo(4);
    assertThat(errorOf(or(response, 0x100, 0))).isEqualTo(4);
    assertThat(errorOf(or(response, 0, 1))).isEqualTo(4);
    assertThat(errorOf(or(response, 0, 4))).as("an ignored bit").isZero();
    assertThat(errorOf(or(WAIT, InvalidationDescriptor.PD.mask(), 0))).as("PD").isEqualTo(4);
    assertThat(errorOf(PasidDescriptor.iotlb(1, 1, 1, 0, 0, false))).isEqualTo(4);
    assertThat(errorOf(PasidDescriptor.pasidCache(2, 0, 0))).isEqualTo(4);
    assertThat(errorOf(PasidDescriptor.iotlb(3, 1, 1, 0, 52, false)))
        .as("MAMV does not limit it")
        .isZero();
  }

  @Test
  @Clause("VTD-038")
  void types_dependOnModeAndFeatures() {
    assertThat(errorOf(PasidDescriptor.pasidCache(3, 0, 0))).isZero();
    assertThat(errorOf(new Atom(0xa, 0))).isEqualTo(3);
    assertThat(errorOf(new Atom(0x200 | 7, 0))).isEqualTo(3);
    assertThat(errorOf(InvalidationDescriptor.interrupt(false, 0, 0))).isEqualTo(3);
    ScalableBench scene = scalable().withQueue();
    scene.submit(InvalidationDescriptor.deviceTlb(1, 0, false));
    assertThat(scene.queueError()).isEqualTo(3);
    Bench legacy = domain();
    legacy.submit(PasidDescriptor.pasidCache(3, 0, 0));
    assertThat(QueueRegisters.IQEI.get(legacy.read(Register.IQERCD))).isEqualTo(3);
  }

  @Test
  @Clause("VTD-165")
  void queueOfWideDescriptors_goesOnAtItsEnd() {
    ScalableBench scene = scalable().withQueue();
    for (int i = 1; i <= 300; i++) {
      scene.submit(InvalidationDescriptor.waitWritingStatus(STATUS, i));
      assertThat(scene.memory.readInt(STATUS)).isEqualTo(i);
    }
    assertThat(scene.bench.read(Register.IQH)).isEqualTo(300 * 32 % 4096);
  }

  @Test
  @Clause("VTD-170")
  void pageGroupResponse_goesToTheDevice() {
    ScalableBench scene = scalable(withDevices()).withQueue();
    scene.submit(PasidDescriptor.response(0x0108, 0x12345, 0x1ff, 1));
    scene.submit(new Atom(0x0108_f009L, 7L << 3));
    assertThat(scene.bench.unit.outbox())
        .containsExactly(
            new UnitMessage.PageGroupResponse(new Rid(0x0108), new Pasid(0x12345), 0x1ff, 1),
            new UnitMessage.PageGroupResponse(new Rid(0x0108), null, 7, 15));
  }

  // Device-TLBs.

  @Test
  @Clause("VTD-167")
  void deviceTlbInvalidation_isSentAndAWaitWaitsForIt() {
    ScalableBench scene = scalable(withDevices()).withQueue();
    scene.submit(
        InvalidationDescriptor.deviceTlb(0x0100, 0x7000, true),
        PasidDescriptor.deviceTlb(0x0108, 5, 0x9000, false),
        WAIT);
    assertThat(scene.bench.unit.outbox())
        .containsExactly(
            new UnitMessage.DeviceTlbInvalidation(new Rid(0x0100), null, 0, 0x7000, true, false),
            new UnitMessage.DeviceTlbInvalidation(
                new Rid(0x0108), new Pasid(5), 1, 0x9000, false, false));
    assertThat(scene.memory.readInt(STATUS)).isZero();
    scene.bench.unit.invalidationCompleted(new Rid(0x0108), 2, 1);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS)).as("one is missing").isZero();
    scene.bench.unit.invalidationCompleted(new Rid(0x0100), 1, 2);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS)).as("the first of two").isZero();
    scene.bench.unit.invalidationCompleted(new Rid(0x0100), 1, 2);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS)).isEqualTo(1);
  }

  @Test
  @Clause("VTD-167")
  void tags_thatAreAllTaken_makeAnInvalidationWait() {
    ScalableBench scene = scalable(withDevices()).withQueue();
    for (int i = 0; i < 33; i++) {
      scene.submit(InvalidationDescriptor.deviceTlb(0x0100, 0, false));
    }
    assertThat(scene.bench.unit.outbox()).hasSize(32);
    scene.bench.unit.invalidationCompleted(new Rid(0x0100), 1 << 9, 1);
    scene.bench.unit.drain();
    assertThat(scene.bench.unit.outbox())
        .containsExactly(
            new UnitMessage.DeviceTlbInvalidation(new Rid(0x0100), null, 9, 0, false, false));
  }

  @Test
  @Clause("VTD-168")
  void device_thatDoesNotComplete_timesOut_andTheWaitNeverCompletes() {
    ScalableBench scene = scalable(withDevices()).withQueue();
    scene.submit(InvalidationDescriptor.deviceTlb(0x0108, 0, false), WAIT);
    scene.bench.unit.elapse(DeviceTlbRules.TIMEOUT);
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.ITE)).isFalse();
    scene.bench.unit.elapse(1);
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.ITE)).isTrue();
    assertThat(QueueRegisters.ITESID.get(scene.bench.read(Register.IQERCD))).isEqualTo(0x0108);
    scene.submit(InvalidationDescriptor.waitWritingStatus(STATUS + 8, 2));
    assertThat(scene.memory.readInt(STATUS + 8)).as("no fetch while ITE is set").isZero();
    scene.bench.write(Register.FSTS, FaultStatus.ITE.mask());
    assertThat(scene.bench.read(Register.IQERCD)).as("ITESID goes with ITE").isZero();
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS + 8)).as("the queue goes on").isEqualTo(2);
    assertThat(scene.memory.readInt(STATUS)).as("the aborted wait").isZero();
  }

  @Test
  @Clause("VTD-169")
  void completion_ofAWrongTagOrDevice_isIce_andTheQueueGoesOn() {
    ScalableBench scene = scalable(withDevices()).withQueue();
    scene.submit(InvalidationDescriptor.deviceTlb(0x0108, 0, false), WAIT);
    scene.bench.unit.invalidationCompleted(new Rid(0x0110), 1, 1);
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.ICE)).isTrue();
    assertThat(QueueRegisters.ICESID.get(scene.bench.read(Register.IQERCD))).isEqualTo(0x0110);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS)).as("of another device").isZero();
    scene.bench.write(Register.FSTS, FaultStatus.ICE.mask());
    assertThat(scene.bench.read(Register.IQERCD)).as("ICESID goes with ICE").isZero();
    scene.bench.unit.invalidationCompleted(new Rid(0x0108), 4, 1);
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.ICE)).as("a free tag").isTrue();
    scene.bench.unit.invalidationCompleted(new Rid(0x0108), 1, 1);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS)).isEqualTo(1);
  }

  @Test
  @Clause({"VTD-168", "VTD-169"})
  void eachTag_completesAndTimesOut_alone() {
    Rid first = new Rid(0x0108);
    Rid second = new Rid(0x0110);
    ScalableBench scene = scalable(withDevices()).withQueue();
    scene.submit(
        InvalidationDescriptor.deviceTlb(first.value(), 0, false),
        InvalidationDescriptor.deviceTlb(second.value(), 0, false),
        WAIT);
    scene.bench.unit.invalidationCompleted(second, 0b10, 1);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS)).as("VTD-167: the first is under way").isZero();
    scene.bench.unit.invalidationCompleted(first, 0b01, 1);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(STATUS)).as("VTD-167: both are done").isEqualTo(1);
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.ICE)).isFalse();
    scene.bench.unit.invalidationCompleted(first, 0b01, 1);
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.ICE)).as("VTD-169: again").isTrue();
    scene.bench.write(Register.FSTS, FaultStatus.ICE.mask());
    scene.submit(
        InvalidationDescriptor.deviceTlb(first.value(), 0, false),
        InvalidationDescriptor.deviceTlb(second.value(), 0, false));
    scene.bench.unit.invalidationCompleted(first, 0b01, 1);
    scene.bench.unit.elapse(DeviceTlbRules.TIMEOUT + 1);
    assertThat(QueueRegisters.ITESID.get(scene.bench.read(Register.IQERCD)))
        .as("VTD-168: the second")
        .isEqualTo(second.value());
    scene.bench.write(Register.FSTS, FaultStatus.ITE.mask());
    scene.bench.unit.elapse(DeviceTlbRules.TIMEOUT + 1);
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.ITE)).as("its tag is free").isFalse();
  }
}
