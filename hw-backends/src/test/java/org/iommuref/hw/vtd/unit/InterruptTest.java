package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.hw.event.DeliverInterrupt;
import org.iommuref.hw.event.ReadInterruptEntry;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.InterruptMessage;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.Msi;
import org.junit.jupiter.api.Test;

class InterruptTest extends DirectedTest {

  private static final long TABLE = 0x700_0000L;
  private static final long DESCRIPTOR = 0x800_0000L;
  private static final long NO_MEMORY = 1L << 41;
  private static final int INDEX = 5;
  private static final int APIC = 0x3400;

  private static VtdConfiguration withInterrupts() {
    return VtdConfiguration.standard()
        .withCapability(Capability.PI, 1)
        .withExtendedCapability(ExtendedCapability.IR, 1)
        .withExtendedCapability(ExtendedCapability.EIM, 1)
        .withExtendedCapability(ExtendedCapability.MHMV, 15);
  }

  /** Remapping is on, by a table of 256 entries. */
  private Bench remapping(VtdConfiguration unit, long table) {
    Bench bench = new Bench(parts.with(unit)).started();
    bench.write(Register.IRTA, table | 7);
    write(bench, GlobalCommand.SIRTP.mask());
    write(bench, GlobalCommand.IRE.mask());
    return bench;
  }

  private Bench remapping() {
    return remapping(withInterrupts(), TABLE);
  }

  private static void write(Bench bench, long command) {
    bench.write(Register.GCMD, (bench.read(Register.GSTS) & GlobalCommand.LEVELS) | command);
  }

  private static void entry(Bench bench, int index, Atom entry) {
    bench.memory.writeAtom(TABLE + 16L * index, entry);
  }

  private static InterruptMessage handle(int handle) {
    long address = 0xfee0_0010L | (handle & 0x7fffL) << 5 | (handle >>> 15) << 2;
    return new InterruptMessage(Bench.DEVICE, address, 0);
  }

  private static List<UnitMessage> send(Bench bench, InterruptMessage message) {
    bench.unit.outbox();
    bench.unit.interrupt(message);
    bench.unit.drain();
    return bench.unit.outbox();
  }

  private static int reason(Bench bench, InterruptMessage message) {
    assertThat(send(bench, message)).isEmpty();
    Atom record = bench.record(0);
    bench.write(Register.FSTS, 1);
    return FaultRecording.F.isSet(record.high()) ? (int) FaultRecording.FR.get(record) : -1;
  }

  private int reasonOf(Atom entry) {
    Bench bench = remapping();
    entry(bench, INDEX, entry);
    return reason(bench, handle(INDEX));
  }

  private static Atom with(Atom entry, long low, long high) {
    return new Atom(entry.low() | low, entry.high() | high);
  }

  @Test
  @Clause("VTD-191")
  void compatibilityFormat_passesOnlyWhereItMay() {
    InterruptMessage message = new InterruptMessage(Bench.DEVICE, 0xfee0_1000L, 0x41);
    Msi same = new Msi(0xfee0_1000L, 0x41);
    Bench off = new Bench(parts.with(withInterrupts())).started();
    assertThat(send(off, message)).containsExactly(same);
    Bench bench = remapping();
    assertThat(reason(bench, message)).isEqualTo(0x25);
    bench = remapping();
    write(bench, GlobalCommand.CFI.mask());
    assertThat(send(bench, message)).containsExactly(same);
    bench = remapping(withInterrupts(), TABLE | InterruptEntry.EIME.mask());
    write(bench, GlobalCommand.CFI.mask());
    assertThat(reason(bench, message)).as("extended mode").isEqualTo(0x25);
  }

  @Test
  @Clause("VTD-191")
  void unitsThatRequireMore_refuseWith2AAnd2B() {
    VtdConfiguration unit =
        withInterrupts()
            .withExtendedCapability(ExtendedCapability.EIMER, 1)
            .withExtendedCapability(ExtendedCapability.IRREQ, 1);
    Bench off = new Bench(parts.with(unit)).started();
    assertThat(reason(off, new InterruptMessage(Bench.DEVICE, 0xfee0_0000L, 0))).isEqualTo(0x2b);
    Bench bench = remapping(unit, TABLE);
    entry(bench, INDEX, InterruptEntry.remapped(0x41, APIC));
    assertThat(reason(bench, handle(INDEX))).isEqualTo(0x2a);
  }

  @Test
  @Clause("VTD-192")
  void index_isHandleAndSubhandle_withinTheTable() {
    Bench bench = remapping();
    entry(bench, INDEX, InterruptEntry.remapped(0x41, APIC));
    entry(bench, INDEX + 3, InterruptEntry.remapped(0x43, APIC));
    assertThat(send(bench, handle(INDEX))).containsExactly(new Msi(0xfee3_4000L, 0x4041));
    InterruptMessage sub = new InterruptMessage(Bench.DEVICE, handle(INDEX).address() | 8, 3);
    assertThat(send(bench, sub)).containsExactly(new Msi(0xfee3_4000L, 0x4043));
    assertThat(reason(remapping(), handle(256))).isEqualTo(0x21);
    assertThat(reason(remapping(), handle(0x8000))).isEqualTo(0x21);
    assertThat(reason(remapping(), handle(255))).isEqualTo(0x22);
    InterruptMessage reserved =
        new InterruptMessage(Bench.DEVICE, handle(INDEX).address() | 8, 0x1_0000);
    assertThat(reason(remapping(), reserved)).isEqualTo(0x20);
  }

  @Test
  @Clause("VTD-193")
  void entry_notPresentOrWithoutMemory_is22And23() {
    assertThat(reasonOf(new Atom(-2L & ~InterruptEntry.FPD.mask(), -1))).isEqualTo(0x22);
    assertThat(reason(remapping(withInterrupts(), NO_MEMORY), handle(0))).isEqualTo(0x23);
    assertThat(reasonOf(new Atom(InterruptEntry.FPD.mask(), 0))).as("FPD").isEqualTo(-1);
  }

  @Test
  @Clause("VTD-194")
  void entry_withReservedFields_is24() {
    Atom remapped = InterruptEntry.remapped(0x41, APIC);
    for (int bit : new int[] {12, 14, 24, 31, 32, 39, 48, 63}) {
      assertThat(reasonOf(with(remapped, 1L << bit, 0))).as("bit %d", bit).isEqualTo(0x24);
    }
    for (int bit : new int[] {20, 32, 63}) {
      assertThat(reasonOf(with(remapped, 0, 1L << bit))).as("bit %d", 64 + bit).isEqualTo(0x24);
    }
    assertThat(reasonOf(with(remapped, 0, 3L << 18))).as("SVT 3").isEqualTo(0x24);
    Atom posted = InterruptEntry.posted(0x41, DESCRIPTOR, false);
    for (int bit : new int[] {2, 7, 12, 13, 24, 37}) {
      assertThat(reasonOf(with(posted, 1L << bit, 0))).as("posted bit %d", bit).isEqualTo(0x24);
    }
    assertThat(reasonOf(InterruptEntry.posted(0x41, 1L << 46, false))).isEqualTo(0x24);
    Bench bench = remapping(withInterrupts().withCapability(Capability.PI, 0), TABLE);
    entry(bench, INDEX, posted);
    assertThat(reason(bench, handle(INDEX))).as("without PI").isEqualTo(0x24);
  }

  @Test
  @Clause("VTD-195")
  void requester_thatMayNotUseTheEntry_is26() {
    Atom entry = InterruptEntry.remapped(0x41, APIC);
    assertThat(isAdmitted(with(entry, 0, 1L << 18 | 0x0100))).isTrue();
    assertThat(reasonOf(with(entry, 0, 1L << 18 | 0x0101))).isEqualTo(0x26);
    int[] ignored = {0, 4, 6, 7};
    for (int sq = 0; sq < 4; sq++) {
      for (int function = 0; function < 8; function++) {
        long qualified = 1L << 18 | (long) sq << 16 | 0x0100 | function;
        assertThat(isAdmitted(with(entry, 0, qualified)))
            .as("SQ %d function %d", sq, function)
            .isEqualTo((function & ~ignored[sq]) == 0);
      }
    }
    assertThat(isAdmitted(with(entry, 0, 2L << 18 | 0x0101))).isTrue();
    assertThat(isAdmitted(with(entry, 0, 2L << 18 | 0x0003))).isTrue();
    assertThat(reasonOf(with(entry, 0, 2L << 18 | 0x0203))).isEqualTo(0x26);
    assertThat(reasonOf(with(entry, 0, 2L << 18))).isEqualTo(0x26);
  }

  private boolean isAdmitted(Atom entry) {
    Bench bench = remapping();
    entry(bench, INDEX, entry);
    return !send(bench, handle(INDEX)).isEmpty();
  }

  @Test
  @Clause("VTD-196")
  void remappedInterrupt_hasTheFieldsOfItsEntry() {
    Bench bench = remapping();
    long low = 0x1cL | 1L << 5;
    entry(bench, INDEX, with(InterruptEntry.remapped(0x41, APIC), low, 0));
    assertThat(send(bench, handle(INDEX)))
        .containsExactly(new Msi(0xfee3_400cL, 0x41 | 1 << 8 | 0xc000));
    bench = remapping(withInterrupts(), TABLE | InterruptEntry.EIME.mask());
    entry(bench, INDEX, InterruptEntry.remapped(0x41, 0x1234_5678));
    assertThat(send(bench, handle(INDEX))).containsExactly(new Msi(0x1234_5600_fee7_8000L, 0x4041));
  }

  @Test
  @Clause("VTD-198")
  void cachedEntry_isUsedUntilItsIndexIsInvalidated() {
    for (int index = INDEX; index <= INDEX + 1; index++) {
      for (int mask = 0; mask <= 2; mask++) {
        Bench bench = cached();
        bench.submit(InvalidationDescriptor.interrupt(true, index, mask));
        boolean taken = index >>> mask == INDEX >>> mask;
        assertThat(send(bench, handle(INDEX)))
            .as("index %d mask %d", index, mask)
            .containsExactly(new Msi(0xfee3_4000L, taken ? 0x4042 : 0x4041));
      }
    }
    Bench bench = cached();
    bench.submit(InvalidationDescriptor.interrupt(false, 0, 0));
    assertThat(send(bench, handle(INDEX))).containsExactly(new Msi(0xfee3_4000L, 0x4042));
  }

  /** An entry is cached that memory does not hold any more. */
  private Bench cached() {
    Bench bench = remapping();
    entry(bench, INDEX, InterruptEntry.remapped(0x41, APIC));
    send(bench, handle(INDEX));
    entry(bench, INDEX, InterruptEntry.remapped(0x42, APIC));
    assertThat(send(bench, handle(INDEX))).containsExactly(new Msi(0xfee3_4000L, 0x4041));
    return bench;
  }

  @Test
  @Clause("VTD-199")
  void table_changesAtSirtpAlone_whichEmptiesTheCacheWithEsirtps() {
    Bench bench = cached();
    bench.write(Register.IRTA, TABLE + 0x1000 | 7);
    assertThat(send(bench, handle(INDEX + 1))).isEmpty();
    bench.memory.writeAtom(TABLE + 0x1000 + 16, InterruptEntry.remapped(0x55, APIC));
    assertThat(send(bench, handle(1))).as("not latched yet").isEmpty();
    write(bench, GlobalCommand.SIRTP.mask());
    assertThat(bench.isSet(Register.GSTS, GlobalCommand.SIRTP)).isTrue();
    assertThat(send(bench, handle(1))).containsExactly(new Msi(0xfee3_4000L, 0x4055));
    assertThat(send(bench, handle(INDEX))).as("cached").hasSize(1);
    VtdConfiguration unit = withInterrupts().withCapability(Capability.ESIRTPS, 1);
    Bench emptying = remapping(unit, TABLE);
    entry(emptying, INDEX, InterruptEntry.remapped(0x41, APIC));
    send(emptying, handle(INDEX));
    entry(emptying, INDEX, new Atom(0, 0));
    write(emptying, GlobalCommand.SIRTP.mask());
    assertThat(send(emptying, handle(INDEX))).isEmpty();
  }

  @Test
  @Clause("VTD-218")
  void recording_startsOver_whenTranslationAndRemappingAreOff() {
    Bench bench = remapping();
    send(bench, handle(INDEX));
    bench.command(GlobalCommand.TE, false);
    send(bench, handle(INDEX));
    assertThat(FaultRecording.F.isSet(bench.record(1).high())).as("remapping is on").isTrue();
    bench.clearRecord(0);
    bench.clearRecord(1);
    bench.command(GlobalCommand.IRE, false);
    bench.command(GlobalCommand.IRE, true);
    send(bench, handle(INDEX));
    assertThat(FaultRecording.F.isSet(bench.record(0).high())).isTrue();
    bench.command(GlobalCommand.TE, true);
    bench.command(GlobalCommand.IRE, false);
    bench.read(Bench.IOVA);
    assertThat(FaultRecording.F.isSet(bench.record(1).high())).as("translation is on").isTrue();
  }

  @Test
  @Clause("VTD-200")
  void record_ofAnInterrupt_holdsSourceAndIndex() {
    Bench bench = remapping();
    reason(bench, new InterruptMessage(new Rid(0x0203), handle(INDEX).address(), 0));
    Atom record = bench.record(0);
    assertThat(record.low()).isEqualTo((long) INDEX << 48);
    assertThat(FaultRecording.SID.get(record)).isEqualTo(0x0203);
    assertThat(FaultRecording.FR.get(record)).isEqualTo(0x22);
  }

  @Test
  @Clause("VTD-191")
  void unitWithoutRemapping_passesEveryInterrupt() {
    assertThat(send(bench(), handle(INDEX)))
        .containsExactly(new Msi(handle(INDEX).address(), handle(INDEX).data()));
  }

  @Test
  void interrupt_isReported_asItsEntryIsReadAndAsItIsDelivered() {
    Bench bench = remapping();
    entry(bench, INDEX, InterruptEntry.remapped(0x41, APIC));
    bench.steps.events();
    send(bench, handle(INDEX));
    send(bench, handle(INDEX));
    DeliverInterrupt delivered = new DeliverInterrupt(0xfee3_4000L, 0x4041);
    assertThat(bench.steps.events())
        .containsExactly(new ReadInterruptEntry(INDEX), delivered, delivered);
  }

  @Test
  @Clause("VTD-199")
  void remappingTurnedOff_emptiesTheCacheWithEsirtps() {
    Bench bench = remapping(withInterrupts().withCapability(Capability.ESIRTPS, 1), TABLE);
    entry(bench, INDEX, InterruptEntry.remapped(0x41, APIC));
    send(bench, handle(INDEX));
    entry(bench, INDEX, InterruptEntry.remapped(0x42, APIC));
    bench.command(GlobalCommand.IRE, false);
    bench.command(GlobalCommand.IRE, true);
    assertThat(send(bench, handle(INDEX))).containsExactly(new Msi(0xfee3_4000L, 0x4042));
  }
}
