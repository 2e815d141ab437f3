package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.ContextCommand;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Granularity;
import org.iommuref.hw.vtd.layout.IotlbInvalidate;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class RegisterInvalidationTest extends DirectedTest {

  private static final AccessOutcome OLD = AccessOutcome.completed(Bench.OF_A);
  private static final AccessOutcome NEW = AccessOutcome.completed(Bench.OF_B);

  private Bench withoutQueue() {
    Bench bench = domain();
    bench.command(GlobalCommand.QIE, false);
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.read(Bench.IOVA);
    bench.map(Bench.IOVA, Bench.PAGE_B, 1);
    return bench;
  }

  private static long iotlb(int granularity) {
    long command = IotlbInvalidate.IIRG.put(IotlbInvalidate.IVT.mask(), granularity);
    return IotlbInvalidate.DID.put(command, Bench.DOMAIN)
        | IotlbInvalidate.DR.mask()
        | IotlbInvalidate.DW.mask();
  }

  private static long context(int granularity) {
    long command = ContextCommand.CIRG.put(ContextCommand.ICC.mask(), granularity);
    command = ContextCommand.DID.put(command, Bench.DOMAIN);
    return ContextCommand.SID.put(command, Bench.DEVICE.value());
  }

  @Test
  void iotlbCommand_ofEachGranularity_takesTheTranslationAndSaysSo() {
    for (int granularity = 1; granularity <= 3; granularity++) {
      Bench bench = withoutQueue();
      bench.write(Register.IVA, Bench.IOVA);
      bench.write(Register.IOTLB, iotlb(granularity));
      assertThat(bench.isSet(Register.IOTLB, IotlbInvalidate.IVT)).isFalse();
      assertThat(IotlbInvalidate.IAIG.get(bench.read(Register.IOTLB))).isEqualTo(granularity);
      assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
    }
  }

  @Test
  void iotlbCommand_inHalves_startsWithTheUpperOne() {
    Bench bench = withoutQueue();
    int at = bench.offset(Register.IOTLB);
    bench.unit.writeRegister(at, 4, 0);
    bench.unit.writeRegister(at + 4, 4, iotlb(Granularity.GLOBAL) >>> 32);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
  }

  @Test
  void iotlbCommand_thatIsNotPossible_isRefusedWithGranularityZero() {
    Bench bench = withoutQueue();
    bench.write(Register.IVA, Bench.IOVA | 19);
    bench.write(Register.IOTLB, iotlb(Granularity.PAGE));
    assertThat(IotlbInvalidate.IAIG.get(bench.read(Register.IOTLB))).isZero();
    bench.write(Register.IOTLB, iotlb(0));
    assertThat(IotlbInvalidate.IAIG.get(bench.read(Register.IOTLB))).isZero();
    bench.write(Register.RTADDR, RootTableAddress.TTM.put(bench.rootTable, 1));
    bench.write(Register.IOTLB, iotlb(Granularity.GLOBAL));
    assertThat(IotlbInvalidate.IAIG.get(bench.read(Register.IOTLB))).isZero();
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OLD);
  }

  @Test
  void iotlbCommand_whileTheQueueIsOn_isNotAnswered() {
    Bench bench = withoutQueue();
    bench.command(GlobalCommand.QIE, true);
    bench.write(Register.IOTLB, iotlb(Granularity.GLOBAL));
    assertThat(bench.isSet(Register.IOTLB, IotlbInvalidate.IVT)).isTrue();
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OLD);
  }

  @Test
  void iotlbCommand_overATranslatedRequest_isDoneWhenTheRequestIs() {
    Bench bench = withoutQueue();
    int slot = bench.unit.request(DeviceAccess.read(Bench.DEVICE, new Iova(Bench.IOVA)));
    bench.unit.hold(slot);
    bench.unit.drain();
    bench.write(Register.IOTLB, iotlb(Granularity.DOMAIN));
    assertThat(bench.isSet(Register.IOTLB, IotlbInvalidate.IVT)).isTrue();
    bench.unit.drain();
    assertThat(bench.isSet(Register.IOTLB, IotlbInvalidate.IVT)).isFalse();
    assertThat(bench.unit.answer(slot)).isEqualTo(OLD);
  }

  @Test
  void contextCommand_ofEachGranularity_takesTheEntryAndSaysSo() {
    for (int granularity = 1; granularity <= 3; granularity++) {
      Bench bench = withoutQueue();
      bench.context(Bench.DEVICE, new Atom(0, 0));
      assertThat(bench.reasonOfRead(0)).isEqualTo(0x06);
      bench.write(Register.CCMD, context(granularity));
      assertThat(bench.isSet(Register.CCMD, ContextCommand.ICC)).isFalse();
      assertThat(ContextCommand.CAIG.get(bench.read(Register.CCMD))).isEqualTo(granularity);
      assertThat(bench.reasonOfRead(0)).isEqualTo(0x02);
    }
  }

  @Test
  void contextCommand_thatIsNotPossible_isRefusedWithGranularityZero() {
    Bench bench = withoutQueue();
    bench.write(Register.CCMD, context(0));
    assertThat(bench.isSet(Register.CCMD, ContextCommand.ICC)).isFalse();
    assertThat(ContextCommand.CAIG.get(bench.read(Register.CCMD))).isZero();
  }

  @Test
  void contextCommand_whileTheQueueIsOn_isNotAnswered() {
    Bench bench = domain();
    bench.write(Register.CCMD, context(Granularity.GLOBAL));
    assertThat(bench.isSet(Register.CCMD, ContextCommand.ICC)).isTrue();
  }

  @Test
  void iotlbCommand_ofTheLargestMask_isAccepted() {
    Bench bench = withoutQueue();
    bench.write(Register.IVA, (Bench.IOVA & -(1L << 30)) | 18);
    bench.write(Register.IOTLB, iotlb(Granularity.PAGE));
    assertThat(IotlbInvalidate.IAIG.get(bench.read(Register.IOTLB))).isEqualTo(Granularity.PAGE);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
  }

  @Test
  void command_thatWasNotAnswered_isNotGivenByAWriteBesideIt() {
    Bench bench = withoutQueue();
    bench.command(GlobalCommand.QIE, true);
    bench.write(Register.IOTLB, iotlb(Granularity.GLOBAL));
    bench.write(Register.CCMD, context(Granularity.GLOBAL));
    bench.command(GlobalCommand.QIE, false);
    bench.unit.writeRegister(bench.offset(Register.IOTLB), 4, 0);
    bench.unit.writeRegister(bench.offset(Register.CCMD), 4, 0);
    assertThat(bench.isSet(Register.IOTLB, IotlbInvalidate.IVT)).isTrue();
    assertThat(bench.isSet(Register.CCMD, ContextCommand.ICC)).isTrue();
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OLD);
  }

  @Test
  void iotlbCommand_isAnsweredOnce() {
    Bench bench = withoutQueue();
    bench.write(Register.IOTLB, iotlb(Granularity.GLOBAL));
    bench.command(GlobalCommand.QIE, true);
    bench.write(Register.IOTLB, iotlb(Granularity.GLOBAL));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(NEW);
    assertThat(bench.isSet(Register.IOTLB, IotlbInvalidate.IVT)).isTrue();
  }
}
