package org.iommuref.hw.vtd.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class LayoutTest {

  @Test
  void contextEntry_ofADomain_hasEachFieldInItsPlace() {
    Atom entry =
        ContextEntry.present(ContextEntry.TT_SECOND_STAGE, ContextEntry.AW_48, 0x1234, 0x7_f000);
    assertThat(entry).isEqualTo(new Atom(0x7_f001, 0x0012_3402));
    assertThat(ContextEntry.LAYOUT.describe(entry.low(), entry.high()))
        .isEqualTo("context entry P=1 FPD=0 TT=0 SSPTPTR=7f AW=2 IGN=0 DID=1234");
  }

  @Test
  void iotlbDescriptor_ofAPageRange_hasEachFieldInItsPlace() {
    Atom descriptor = InvalidationDescriptor.iotlb(Granularity.PAGE, 5, 0x1234_5000L, 9, true);
    assertThat(descriptor).isEqualTo(new Atom(0x0005_00f2, 0x1234_5049));
  }

  @Test
  void waitDescriptor_writingStatus_hasDataAboveAndAddressInTheHighHalf() {
    assertThat(InvalidationDescriptor.waitWritingStatus(0x2004, -1))
        .isEqualTo(new Atom(0xffff_ffff_0000_0025L, 0x2004));
  }

  @Test
  void reserved_ofTheContextEntry_isWhatTheManualReserves() {
    assertThat(ContextEntry.LAYOUT.reserved(0)).isEqualTo(0xff0);
    assertThat(ContextEntry.LAYOUT.reserved(1)).isEqualTo(0xffff_ffff_ff00_0080L);
  }

  @Test
  void table_ofAStructure_listsFieldsFromTheTop() {
    assertThat(RootEntry.LAYOUT.table())
        .isEqualTo(
            """
            root entry, 128 bits
              63:12    CTP       RW    context-table pointer
              0        P         RW    present
            """);
  }

  @Test
  void put_ofAValueTooWide_isRefused() {
    assertThatThrownBy(() -> ContextEntry.DID.put(0, 0x10000))
        .hasMessage("DID has 16 bits: 0x10000");
  }

  @Test
  void offset_ofTheRegistersThatMove_comesFromTheCapabilities() {
    long cap = Capability.FRO.put(0, 0x22);
    long ecap = ExtendedCapability.IRO.put(0, 0x50);
    assertThat(Register.FRCD.offset(cap, ecap)).isEqualTo(0x220);
    assertThat(Register.IVA.offset(cap, ecap)).isEqualTo(0x500);
    assertThat(Register.IOTLB.offset(cap, ecap)).isEqualTo(0x508);
    assertThat(Register.IQT.offset(cap, ecap)).isEqualTo(0x88);
  }

  @Test
  void reserved_ofASize_endsThere() {
    Layout half = Layout.of("half", 32, Field.bit("TOP", 31, "m"));
    assertThat(half.reserved(0)).isEqualTo(0x7fff_ffffL);
    assertThat(half.reserved(1)).isZero();
    Layout whole = Layout.of("whole", 64, Field.bit("TOP", 63, "m"));
    assertThat(whole.reserved(0)).isEqualTo(Long.MAX_VALUE);
    assertThat(whole.reserved(1)).isZero();
    Layout four = Layout.of("four", 256, Field.bit("THIRD", 128, "m"));
    assertThat(four.reserved(0)).isEqualTo(-1);
    assertThat(four.reserved(2)).isEqualTo(-2);
    assertThat(four.reserved(3)).isEqualTo(-1);
    assertThat(four.reserved(4)).isZero();
  }

  @Test
  void layout_ofFieldsThatOverlapOrReachBeyond_isRefused() {
    Field low = Field.of("LOW", 3, 0, "m");
    assertThatThrownBy(() -> Layout.of("l", 32, low, Field.bit("IN", 3, "m")))
        .hasMessageContaining("l: IN 3 is out of order or too high");
    assertThatThrownBy(() -> Layout.of("l", 32, Field.bit("OUT", 32, "m")))
        .hasMessageContaining("l: OUT 32");
    assertThat(Layout.of("l", 32, low, Field.bit("NEXT", 4, "m")).fields()).hasSize(2);
  }

  @Test
  void layout_ofAnEvent_hasTheFieldsOfItsRegister() {
    assertThat(EventMessage.control("C"))
        .hasToString(Layout.of("C", 32, EventMessage.IP, EventMessage.IM).table());
    assertThat(EventMessage.data("D").fields()).containsExactly(EventMessage.DATA);
    assertThat(EventMessage.address("A").fields()).containsExactly(EventMessage.ADDRESS);
    assertThat(EventMessage.upperAddress("U").fields()).containsExactly(EventMessage.UPPER_ADDRESS);
    assertThat(EventMessage.upperAddress("U").name()).isEqualTo("U");
    assertThat(EventMessage.upperAddress("U").bits()).isEqualTo(32);
  }

  @Test
  void description_namesTheReservedBitsThatAreSet() {
    Layout layout = Layout.of("l", 128, Field.bit("P", 0, "m"));
    assertThat(layout.describe(1)).isEqualTo("l P=1");
    assertThat(layout.describe(2)).isEqualTo("l P=0 reserved=0:2");
    assertThat(layout.describe(0, 4)).isEqualTo("l P=0 reserved=4:0");
  }

  @Test
  void descriptors_describeThemselves() {
    assertThat(
            InvalidationDescriptor.describe(
                InvalidationDescriptor.context(Granularity.GLOBAL, 0, 0, 0)))
        .isEqualTo("context-cache invalidate TYPE=1 G=1 TYPE=0 DID=0 SID=0 FM=0");
    assertThat(
            InvalidationDescriptor.describe(
                InvalidationDescriptor.iotlb(Granularity.DOMAIN, 7, 0, 0, false)))
        .startsWith("IOTLB invalidate TYPE=2 G=2 DW=1 DR=1 TYPE=0 DID=7");
    assertThat(InvalidationDescriptor.describe(InvalidationDescriptor.waitWritingStatus(0x1000, 3)))
        .startsWith("invalidation wait TYPE=5 IF=0 SW=1");
    assertThat(InvalidationDescriptor.describe(new Atom(15, 0)))
        .isEqualTo("descriptor of an unknown type TYPE=f TYPE=0");
    assertThat(PageRequestRegisters.describe(new Atom(0, 1))).startsWith("page request TYPE=0");
  }

  @Test
  void leaf_ofTheLowestLevel_hasNoSize() {
    assertThat(SecondStageEntry.leaf(0x1000, 1, true, true)).isEqualTo(0x1003);
    assertThat(SecondStageEntry.leaf(0x20_0000, 2, true, false)).isEqualTo(0x20_0081);
    assertThat(FirstStageEntry.leaf(0x1000, 1, true)).isEqualTo(0x1007);
    assertThat(FirstStageEntry.leaf(0x20_0000, 2, false)).isEqualTo(0x20_0085);
  }

  @Test
  void faultReason_tellsItsNameAndWhatFpdSuppresses() {
    assertThat(FaultReason.LGN_2.id()).isEqualTo("LGN.2");
    assertThat(FaultReason.LGN_2.meaning()).isEqualTo("no write permission");
    assertThat(FaultReason.LGN_2.qualified()).as("VTD-021").isTrue();
    assertThat(FaultReason.LRT_1.qualified()).as("VTD-021").isFalse();
  }

  @Test
  void reserved_ofAnOddSize_endsWithItsLastBit() {
    Layout odd = Layout.of("odd", 80, Field.bit("P", 64, "m"));
    assertThat(odd.reserved(0)).isEqualTo(-1);
    assertThat(odd.reserved(1)).isEqualTo(0xfffe);
  }

  @Test
  void offset_ofARegisterThatMoves_isNotFixed() {
    assertThat(Register.IQT.offset()).isEqualTo(0x88);
    for (Register register : new Register[] {Register.IVA, Register.IOTLB, Register.FRCD}) {
      assertThatThrownBy(register::offset).hasMessageContaining(register.name());
    }
  }

  @Test
  void entryOfAPasid_isCountedWithinItsTable() {
    assertThat(PasidEntry.offset(0x3f)).isEqualTo(63 * 64);
    assertThat(PasidEntry.offset(0x41)).isEqualTo(64);
    assertThat(PasidDirectoryEntry.offset(0x41)).isEqualTo(8);
  }

  @Test
  void interruptDescriptor_byIndex_saysSo() {
    assertThat(InvalidationDescriptor.interrupt(true, 0x1234, 3).low())
        .isEqualTo(0x1234_1800_0014L);
    assertThat(InvalidationDescriptor.interrupt(false, 0, 0).low()).isEqualTo(4);
  }

  @Test
  void waitAndResponse_haveTheBitsThatTheyAreNamedFor() {
    assertThat(InvalidationDescriptor.fence()).isEqualTo(new Atom(0x45, 0));
    assertThat(InvalidationDescriptor.drainingPageRequests(new Atom(0x25, 7)))
        .isEqualTo(new Atom(0xa5, 7));
    Atom response = PasidDescriptor.response(0x0100, 9, 1);
    assertThat(InvalidationDescriptor.TYPE.get(response)).isEqualTo(9);
    assertThat(PasidDescriptor.PRGI.get(response)).isEqualTo(9);
    assertThat(PasidDescriptor.RC.get(response)).isEqualTo(1);
    assertThat(PasidDescriptor.PP.isSet(response.low())).isFalse();
  }
}
