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
}
