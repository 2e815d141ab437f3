package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.hw.event.DeliverInterrupt;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InterruptEntry;
import org.iommuref.hw.vtd.layout.PostedDescriptor;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.InterruptMessage;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.Msi;
import org.junit.jupiter.api.Test;

class PostedInterruptTest extends DirectedTest {

  private static final long TABLE = 0x700_0000L;
  private static final long DESCRIPTOR = 0x800_0000L;
  private static final long CONTROL = DESCRIPTOR + 8L * PostedDescriptor.CONTROL;
  private static final long NO_MEMORY = 1L << 41;
  private static final long NOTIFY = PostedDescriptor.notifying(0x77, 0x3400);
  private static final Msi NOTIFICATION = new Msi(0xfee3_4000L, 0x4077);

  private static VtdConfiguration posting() {
    return VtdConfiguration.standard()
        .withCapability(Capability.PI, 1)
        .withExtendedCapability(ExtendedCapability.IR, 1)
        .withExtendedCapability(ExtendedCapability.EIM, 1);
  }

  private Bench posting(VtdConfiguration unit, long mode, Atom entry, long control) {
    Bench bench = new Bench(parts.with(unit)).started();
    bench.write(Register.IRTA, TABLE | mode | 7);
    bench.write(
        Register.GCMD,
        (bench.read(Register.GSTS) & GlobalCommand.LEVELS) | GlobalCommand.SIRTP.mask());
    bench.command(GlobalCommand.IRE, true);
    bench.memory.writeAtom(TABLE, entry);
    bench.memory.writeLong(CONTROL, control);
    return bench;
  }

  private Bench posting(int vector, boolean urgent, long control) {
    return posting(posting(), 0, InterruptEntry.posted(vector, DESCRIPTOR, urgent), control);
  }

  private static List<UnitMessage> send(Bench bench) {
    bench.unit.outbox();
    bench.unit.interrupt(new InterruptMessage(Bench.DEVICE, 0xfee0_0010L, 0));
    bench.unit.drain();
    return bench.unit.outbox();
  }

  private static int refusal(Bench bench) {
    assertThat(send(bench)).isEmpty();
    Atom record = bench.record(0);
    return FaultRecording.F.isSet(record.high()) ? (int) FaultRecording.FR.get(record) : -1;
  }

  @Test
  @Clause({"VTD-197", "VTD-204"})
  void posting_setsTheBitOfItsVector_andNothingElse() {
    for (int vector : new int[] {0, 63, 64, 0x41, 128, 200, 255}) {
      Bench bench = posting(vector, false, NOTIFY | PostedDescriptor.SN.mask());
      for (int i = 0; i < PostedDescriptor.CONTROL; i++) {
        bench.memory.writeLong(DESCRIPTOR + 8L * i, 0x1000_0000_1000_0000L);
      }
      assertThat(send(bench)).isEmpty();
      for (int i = 0; i < PostedDescriptor.CONTROL; i++) {
        long posted = i == vector / 64 ? 1L << vector : 0;
        assertThat(bench.memory.readLong(DESCRIPTOR + 8L * i))
            .as("VTD-204: vector %d, quadword %d", vector, i)
            .isEqualTo(0x1000_0000_1000_0000L | posted);
      }
    }
  }

  @Test
  @Clause("VTD-205")
  void notification_isSent_ifOnIsClear_andSnIsClearOrTheEntryUrgent() {
    for (long flags = 0; flags < 4; flags++) {
      for (boolean urgent : new boolean[] {false, true}) {
        Bench bench = posting(0x41, urgent, NOTIFY | flags);
        boolean sent = (flags & 1) == 0 && (urgent || flags == 0);
        assertThat(send(bench).isEmpty()).as("VTD-205: flags %d", flags).isEqualTo(!sent);
        assertThat(bench.memory.readLong(CONTROL))
            .as("VTD-205: flags %d", flags)
            .isEqualTo(NOTIFY | flags | (sent ? 1 : 0));
      }
    }
  }

  @Test
  @Clause("VTD-206")
  void notification_isFixedByEdgeAndAsserted_toItsDestination() {
    assertThat(send(posting(0x41, false, NOTIFY))).containsExactly(NOTIFICATION);
    Atom entry = InterruptEntry.posted(0x41, DESCRIPTOR, false);
    long wide = PostedDescriptor.notifying(0x77, 0x8234_5678);
    assertThat(send(posting(posting(), InterruptEntry.EIME.mask(), entry, wide)))
        .containsExactly(new Msi(0x8234_5600_fee7_8000L, 0x4077));
  }

  @Test
  @Clause({"VTD-207", "VTD-209"})
  void descriptor_withAReservedBit_is28_andStaysAsItWas() {
    for (int bit : new int[] {258, 271, 280, 287, 288, 295, 304, 319, 320, 383, 384, 448, 511}) {
      Bench bench = posting(0x41, true, NOTIFY);
      long at = DESCRIPTOR + bit / 64 * 8L;
      long wrong = bench.memory.readLong(at) | 1L << bit;
      bench.memory.writeLong(at, wrong);
      assertThat(refusal(bench)).as("VTD-207: bit %d", bit).isEqualTo(0x28);
      assertThat(bench.memory.readLong(at)).as("VTD-209").isEqualTo(wrong);
      assertThat(bench.memory.readLong(DESCRIPTOR + 8)).as("VTD-209").isZero();
    }
    Bench bench = posting(0x41, false, NOTIFY);
    bench.memory.writeLong(DESCRIPTOR + 64, -1);
    assertThat(send(bench)).as("VTD-207: memory behind it").hasSize(1);
  }

  @Test
  @Clause("VTD-208")
  void descriptor_thatCannotBeAccessed_is27() {
    Atom nowhere = InterruptEntry.posted(0x41, NO_MEMORY, false);
    assertThat(refusal(posting(posting(), 0, nowhere, NOTIFY))).isEqualTo(0x27);
    Bench bench = posting(0x41, false, NOTIFY);
    bench.memory.refuseAtomics(DESCRIPTOR, 64);
    assertThat(refusal(bench)).as("no atomic access").isEqualTo(0x27);
  }

  @Test
  @Clause("VTD-211")
  void notification_leaves_afterTheUpdate() {
    Bench bench = posting(0x41, false, NOTIFY);
    List<Long> read = new ArrayList<>();
    bench.steps.tell(
        event -> {
          if (event instanceof DeliverInterrupt) {
            read.add(bench.memory.readLong(DESCRIPTOR + 8));
            read.add(bench.memory.readLong(CONTROL));
          }
        });
    assertThat(send(bench)).containsExactly(NOTIFICATION);
    assertThat(read).as("VTD-211").containsExactly(2L, NOTIFY | 1);
  }

  @Test
  void reservedOfTheLayout_isWhatTheManualReserves() {
    assertThat(PostedDescriptor.LAYOUT.reserved(PostedDescriptor.CONTROL)).isEqualTo(0xff00_fffcL);
    assertThat(PostedDescriptor.reserved(PostedDescriptor.CONTROL, false))
        .isEqualTo(0xffff_00ff_ff00_fffcL);
    assertThat(PostedDescriptor.reserved(0, false)).isZero();
    assertThat(PostedDescriptor.reserved(7, true)).isEqualTo(-1);
  }
}
