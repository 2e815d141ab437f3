package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.EventMessage;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.QueueRegisters;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.UnitMessage;
import org.junit.jupiter.api.Test;

class EventTest extends DirectedTest {

  private static final UnitMessage FAULT = new UnitMessage.Msi(0x5_fee0_1000L, 0x41);
  private static final UnitMessage COMPLETION = new UnitMessage.Msi(0xfee0_2000L, 0x42);
  private static final long MASKED = EventMessage.IM.mask();

  private Bench unmasked() {
    Bench bench = bench().started();
    bench.write(Register.FEDATA, 0x41);
    bench.write(Register.FEADDR, 0xfee0_1000L);
    bench.write(Register.FEUADDR, 5);
    bench.write(Register.FECTL, 0);
    bench.write(Register.IEDATA, 0x42);
    bench.write(Register.IEADDR, 0xfee0_2000L);
    bench.write(Register.IECTL, 0);
    return bench;
  }

  @Test
  void events_afterReset_areMasked() {
    Bench bench = bench();
    assertThat(bench.read(Register.FECTL)).isEqualTo(MASKED);
    assertThat(bench.read(Register.IECTL)).isEqualTo(MASKED);
  }

  @Test
  void firstFault_sendsAMessage_laterOnesDoNot() {
    Bench bench = unmasked();
    bench.read(0);
    assertThat(bench.unit.outbox()).containsExactly(FAULT);
    bench.read(0);
    assertThat(bench.unit.outbox()).isEmpty();
    bench.clearRecord(0);
    bench.clearRecord(1);
    bench.read(0);
    assertThat(bench.unit.outbox()).containsExactly(FAULT);
  }

  @Test
  void fault_whileAnErrorIsPending_sendsNoMessage() {
    Bench bench = unmasked();
    bench.submit(new Atom(0, 0));
    assertThat(bench.unit.outbox()).containsExactly(FAULT);
    bench.read(0);
    assertThat(bench.unit.outbox()).isEmpty();
  }

  @Test
  void maskedEvent_waitsUntilItIsUnmasked() {
    Bench bench = unmasked();
    bench.write(Register.FECTL, MASKED);
    bench.read(0);
    assertThat(bench.unit.outbox()).isEmpty();
    assertThat(bench.isSet(Register.FECTL, EventMessage.IP)).isTrue();
    bench.write(Register.FECTL, 0);
    assertThat(bench.unit.outbox()).containsExactly(FAULT);
    assertThat(bench.isSet(Register.FECTL, EventMessage.IP)).isFalse();
  }

  @Test
  void maskedEvent_whoseCauseIsGone_isNotSent() {
    Bench bench = unmasked();
    bench.write(Register.FECTL, MASKED);
    bench.read(0);
    bench.clearRecord(0);
    assertThat(bench.isSet(Register.FECTL, EventMessage.IP)).isFalse();
    bench.write(Register.FECTL, 0);
    assertThat(bench.unit.outbox()).isEmpty();
  }

  @Test
  void maskedEvent_withAnotherCauseLeft_staysPending() {
    Bench bench = unmasked();
    bench.write(Register.FECTL, MASKED);
    bench.read(0);
    bench.submit(new Atom(0, 0));
    bench.clearRecord(0);
    assertThat(bench.isSet(Register.FECTL, EventMessage.IP)).isTrue();
    bench.write(Register.FSTS, FaultStatus.IQE.mask() | FaultStatus.PFO.mask());
    assertThat(bench.isSet(Register.FECTL, EventMessage.IP)).isFalse();
  }

  @Test
  @Clause("VTD-036")
  void waitWithFlag_sendsAMessageOnceUntilIwcIsCleared() {
    Bench bench = unmasked();
    Atom flag = new Atom(0x15, 0);
    bench.submit(flag, flag);
    assertThat(bench.isSet(Register.ICS, QueueRegisters.IWC)).isTrue();
    assertThat(bench.unit.outbox()).containsExactly(COMPLETION);
    bench.write(Register.ICS, 1);
    assertThat(bench.isSet(Register.ICS, QueueRegisters.IWC)).isFalse();
    bench.submit(flag);
    assertThat(bench.unit.outbox()).containsExactly(COMPLETION);
  }

  @Test
  void maskedCompletion_whoseFlagIsCleared_isNotSent() {
    Bench bench = unmasked();
    bench.write(Register.IECTL, MASKED);
    bench.submit(new Atom(0x15, 0));
    assertThat(bench.isSet(Register.IECTL, EventMessage.IP)).isTrue();
    bench.write(Register.ICS, 1);
    assertThat(bench.isSet(Register.IECTL, EventMessage.IP)).isFalse();
  }
}
