package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class FaultLoggingTest extends DirectedTest {

  private static final Rid REQUESTER = new Rid(0x02a5);

  @Test
  @Clause("VTD-022")
  void record_ofAWrite_holdsRequesterPageKindAndReason() {
    Bench bench = bench().started();
    bench.access(REQUESTER, 0x1234_5678_9ab8L, AccessKind.WRITE);
    Atom record = bench.record(0);
    assertThat(record).isEqualTo(new Atom(0x1234_5678_9000L, 0x8000_0001_0000_02a5L));
  }

  @Test
  @Clause("VTD-022")
  void record_ofEachKind_hasItsTypeBits() {
    Bench bench = bench().started();
    AccessKind[] kinds = {
      AccessKind.WRITE,
      AccessKind.READ,
      AccessKind.ATOMIC,
      AccessKind.ZERO_LENGTH_READ,
      AccessKind.EXECUTE
    };
    int[] types = {0b00, 0b10, 0b11, 0b10, 0b10};
    for (int i = 0; i < kinds.length; i++) {
      bench.access(REQUESTER, 0x1000, kinds[i]);
      Atom record = bench.record(i);
      long type = FaultRecording.T1.get(record) << 1 | FaultRecording.T2.get(record);
      assertThat(type).as("%s", kinds[i]).isEqualTo(types[i]);
      assertThat(FaultRecording.EXE.get(record)).isZero();
    }
  }

  @Test
  @Clause("VTD-022")
  void record_ofAnAddressBeyondEveryDomain_leavesTheUpperBitsOut() {
    Bench bench = bench().started();
    bench.access(REQUESTER, 0xffff_8000_0000_1000L, AccessKind.READ);
    assertThat(bench.record(0).low()).isEqualTo(0x8000_0000_1000L);
  }

  @Test
  @Clause("VTD-023")
  void firstFault_afterAllWereGivenBack_isNamedByFri() {
    Bench bench = bench().started();
    for (int i = 0; i < 20; i++) {
      bench.access(REQUESTER, 0x1000L * i, AccessKind.READ);
      assertThat(bench.read(Register.FSTS))
          .isEqualTo(FaultStatus.FRI.put(FaultStatus.PPF.mask(), i % 8));
      assertThat(bench.record(i % 8).low()).isEqualTo(0x1000L * i);
      bench.clearRecord(i % 8);
    }
  }

  @Test
  @Clause({"VTD-023", "VTD-217"})
  void laterFault_whileOneIsPending_leavesFriAlone() {
    Bench bench = bench().started();
    bench.access(REQUESTER, 0, AccessKind.READ);
    bench.access(REQUESTER, 0, AccessKind.READ);
    assertThat(FaultStatus.FRI.get(bench.read(Register.FSTS))).isZero();
    assertThat(FaultRecording.F.isSet(bench.record(1).high())).isTrue();
  }

  @Test
  @Clause("VTD-024")
  void ppf_whileAnyRecordIsLeft_staysSet() {
    Bench bench = bench().started();
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).isFalse();
    bench.access(REQUESTER, 0, AccessKind.READ);
    bench.access(REQUESTER, 0, AccessKind.READ);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).isTrue();
    bench.clearRecord(0);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).isTrue();
    bench.clearRecord(1);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).isFalse();
  }

  @Test
  @Clause("VTD-024")
  void ppf_written_staysSet() {
    Bench bench = bench().started();
    bench.access(REQUESTER, 0, AccessKind.READ);
    bench.write(Register.FSTS, -1);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).isTrue();
  }

  @Test
  @Clause({"VTD-025", "VTD-026"})
  void fault_onAFullRing_setsPfoAndIsDropped() {
    Bench bench = fullRing();
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).isFalse();
    bench.access(REQUESTER, 0xf_f000, AccessKind.READ);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).isTrue();
    assertThat(bench.record(0).low()).isZero();
  }

  @Test
  @Clause("VTD-026")
  void fault_whilePfoIsSet_isDroppedEvenIfARegisterIsFree() {
    Bench bench = fullRing();
    bench.access(REQUESTER, 0xf_f000, AccessKind.READ);
    bench.clearRecord(0);
    bench.access(REQUESTER, 0xf_e000, AccessKind.READ);
    assertThat(FaultRecording.F.isSet(bench.record(0).high())).isFalse();
    bench.write(Register.FSTS, FaultStatus.PFO.mask());
    bench.access(REQUESTER, 0xf_d000, AccessKind.READ);
    assertThat(bench.record(0).low()).isEqualTo(0xf_d000);
  }

  private Bench fullRing() {
    Bench bench = bench().started();
    for (int i = 0; i < 8; i++) {
      bench.access(REQUESTER, 0x1000L * i, AccessKind.READ);
    }
    return bench;
  }

  @Test
  @Clause("VTD-025")
  void unitWithOneRecord_afterTwoFaults_holdsTheFirst() {
    Bench bench = new Bench(capable(Capability.NFR, 0)).started();
    bench.access(REQUESTER, 0x1000, AccessKind.READ);
    bench.access(REQUESTER, 0x2000, AccessKind.READ);
    assertThat(bench.record(0).low()).isEqualTo(0x1000);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).isTrue();
  }

  @Test
  @Clause("VTD-021")
  void qualifiedFault_withFpd_leavesNoRecord() {
    Bench bench = domain();
    Atom entry = bench.memory.readAtom(bench.contextEntryAt(Bench.DEVICE));
    long silenced = entry.low() | ContextEntry.FPD.mask();
    bench.context(Bench.DEVICE, new Atom(silenced, entry.high()));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.blocked());
    assertThat(bench.read(Register.FSTS)).isZero();
  }

  @Test
  @Clause("VTD-021")
  void qualifiedFault_withFpdOfAnAbsentEntry_leavesNoRecord() {
    Bench bench = bench().started();
    bench.context(Bench.DEVICE, new Atom(ContextEntry.FPD.mask(), 0));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.blocked());
    assertThat(bench.read(Register.FSTS)).isZero();
  }

  @Test
  @Clause("VTD-021")
  void qualifiedFault_withFpdOfACachedEntry_leavesNoRecord() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    Atom entry = bench.memory.readAtom(bench.contextEntryAt(Bench.DEVICE));
    bench.context(Bench.DEVICE, new Atom(entry.low() | ContextEntry.FPD.mask(), entry.high()));
    bench.read(Bench.IOVA);
    assertThat(bench.read(Bench.IOVA + 0x1000)).isEqualTo(AccessOutcome.blocked());
    assertThat(bench.read(Register.FSTS)).isZero();
  }

  @Test
  @Clause("VTD-218")
  void ring_afterTranslationWasOff_startsOver() {
    Bench bench = bench().started();
    bench.access(REQUESTER, 0x1000, AccessKind.READ);
    bench.clearRecord(0);
    bench.command(GlobalCommand.TE, false);
    bench.command(GlobalCommand.TE, true);
    bench.access(REQUESTER, 0x2000, AccessKind.READ);
    assertThat(bench.record(0).low()).isEqualTo(0x2000);
  }

  @Test
  @Clause("VTD-024")
  void ppf_whileTheLastRecordAloneIsLeft_staysSet() {
    Bench bench = fullRing();
    for (int i = 0; i < 7; i++) {
      bench.clearRecord(i);
      assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).as("VTD-024: record %d", i).isTrue();
    }
    bench.clearRecord(7);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PPF)).as("VTD-024").isFalse();
  }

  @Test
  @Clause("VTD-218")
  void ring_afterInterruptRemappingWasOffToo_startsOver() {
    Bench bench =
        new Bench(
            parts.with(parts.configuration().withExtendedCapability(ExtendedCapability.IR, 1)));
    bench.started();
    bench.access(REQUESTER, 0x1000, AccessKind.READ);
    bench.clearRecord(0);
    bench.command(GlobalCommand.IRE, true);
    bench.command(GlobalCommand.TE, false);
    bench.command(GlobalCommand.TE, true);
    bench.access(REQUESTER, 0x2000, AccessKind.READ);
    assertThat(bench.record(1).low())
        .as("VTD-199: interrupts are still remapped")
        .isEqualTo(0x2000);
    bench.clearRecord(1);
    bench.command(GlobalCommand.TE, false);
    bench.command(GlobalCommand.IRE, false);
    bench.command(GlobalCommand.TE, true);
    bench.access(REQUESTER, 0x3000, AccessKind.READ);
    assertThat(bench.record(0).low()).as("VTD-199: neither is").isEqualTo(0x3000);
  }
}
