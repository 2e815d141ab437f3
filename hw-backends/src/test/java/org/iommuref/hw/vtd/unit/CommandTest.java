package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

class CommandTest extends DirectedTest {

  @Test
  @Clause("VTD-028")
  void request_beforeTranslationIsEnabled_passesUnchanged() {
    Bench bench = bench();
    assertThat(bench.read(Bench.PAGE_A)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }

  @Test
  @Clause("VTD-028")
  void request_afterTranslationIsDisabledAgain_passesUnchanged() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_B, 1);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_B));
    bench.command(GlobalCommand.TE, false);
    assertThat(bench.read(Bench.PAGE_A)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }

  @Test
  @Clause("VTD-029")
  void levels_whenCommanded_showInStatus() {
    Bench bench = bench().started();
    long all = GlobalCommand.TE.mask() | GlobalCommand.QIE.mask() | GlobalCommand.SRTP.mask();
    assertThat(bench.read(Register.GSTS)).isEqualTo(all);
    bench.write(Register.GCMD, GlobalCommand.QIE.mask());
    assertThat(bench.read(Register.GSTS)).isEqualTo(all & ~GlobalCommand.TE.mask());
  }

  @Test
  @Clause("VTD-029")
  void commandsOfMissingFeatures_whenGiven_leaveTheStatusClear() {
    Bench bench = bench();
    bench.write(
        Register.GCMD,
        GlobalCommand.IRE.mask()
            | GlobalCommand.SIRTP.mask()
            | GlobalCommand.CFI.mask()
            | GlobalCommand.WBF.mask());
    assertThat(bench.read(Register.GSTS)).isZero();
  }

  @Test
  @Clause("VTD-027")
  void rootTable_writtenAndNotSet_isNotUsed() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.write(Register.RTADDR, bench.page());
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }

  @Test
  @Clause("VTD-027")
  void rootTable_set_isUsed() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.setRootTable(bench.page());
    assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x01);
  }

  @Test
  @Clause("VTD-043")
  void setRootTable_withEsrtps_emptiesTheCaches() {
    Bench bench = new Bench(capable(Capability.ESRTPS, 1)).withDomain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.read(Bench.IOVA);
    bench.setRootTable(bench.page());
    assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x01);
  }

  @Test
  @Clause("VTD-043")
  void setRootTable_withEsrtps_emptiesThePagingStructureCaches() {
    Bench bench = new Bench(capable(Capability.ESRTPS, 1)).withDomain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.map(Bench.IOVA + 0x1000, Bench.PAGE_B, 1);
    bench.read(Bench.IOVA);
    bench.memory.writeLong(bench.entryAt(Bench.IOVA, 2), 0);
    bench.setRootTable(bench.rootTable);
    assertThat(bench.reasonOfRead(Bench.IOVA + 0x1000)).as("VTD-043").isEqualTo(0x06);
  }

  @Test
  void setRootTable_withoutEsrtps_keepsTheCaches() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    bench.read(Bench.IOVA);
    bench.setRootTable(bench.page());
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }

  @Test
  @Clause("VTD-039")
  void queue_turnedOff_hasItsHeadAtZero() {
    Bench bench = bench().started();
    bench.submit(InvalidationDescriptor.context(1, 0, 0, 0));
    assertThat(bench.read(Register.IQH)).isEqualTo(16);
    bench.command(GlobalCommand.QIE, false);
    assertThat(bench.read(Register.IQH)).isZero();
  }

  @Test
  void queue_turnedOffWithADescriptorFetched_dropsIt() {
    Bench bench = bench().started();
    bench.enqueue(InvalidationDescriptor.waitWritingStatus(Bench.PAGE_B, 1));
    bench.unit.advance(bench.queueMachine());
    bench.command(GlobalCommand.QIE, false);
    assertThat(bench.unit.enabled(bench.queueMachine())).isFalse();
  }

  @Test
  @Clause("VTD-028")
  void translation_enabledOverAPassedRequest_waitsForItsEffect() {
    Bench bench = bench();
    bench.memory.writeAtom(bench.rootTable, RootEntry.present(bench.page()));
    int slot = bench.unit.request(DeviceAccess.read(Bench.DEVICE, new Iova(Bench.PAGE_A)));
    bench.unit.hold(slot);
    bench.unit.drain();
    bench.command(GlobalCommand.TE, true);
    assertThat(bench.isSet(Register.GSTS, GlobalCommand.TE)).isFalse();
    bench.unit.drain();
    assertThat(bench.isSet(Register.GSTS, GlobalCommand.TE)).isTrue();
    assertThat(bench.unit.answer(slot)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }
}
