package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.Version;
import org.iommuref.spec.clause.Clause;
import org.junit.jupiter.api.Test;

class RegisterTest extends DirectedTest {

  @Test
  void capabilities_ofTheStandardUnit_areThoseOfLegacyMode() {
    Bench bench = bench();
    long cap = bench.read(Register.CAP);
    long ecap = bench.read(Register.ECAP);
    assertThat(Version.MAX.get(bench.read(Register.VER))).isBetween(1L, 5L);
    assertThat(Capability.LAYOUT.describe(cap))
        .isEqualTo(
            "CAP ND=6 RWBF=0 PLMR=0 PHMR=0 CM=0 SAGAW=6 MGAW=2f ZLR=1 FRO=40 SSLPS=3 PSI=1 NFR=7"
                + " MAMV=12 DWD=1 DRD=1 FS1GP=0 PI=0 FS5LP=0 ECMDS=0 ESIRTPS=0 ESRTPS=0");
    assertThat(ExtendedCapability.LAYOUT.describe(ecap))
        .isEqualTo(
            "ECAP C=1 QI=1 DT=0 IR=0 EIM=0 PT=1 SC=0 IRO=30 MHMV=0 NEST=0 PRS=0 SRS=0 NWFS=0 EAFS=0"
                + " PSS=0 PASID=0 DIT=0 PDS=0 SMTS=0 SSADS=0 SSTS=0 FSTS=0 SMPWCS=0 RPS=0 ADMS=0"
                + " RPRIVS=0 PTRS=0 SMS=0 EIMER=0 IRREQ=0");
  }

  @Test
  @Clause("VTD-040")
  void readOnlyRegister_written_keepsItsValue() {
    Bench bench = bench();
    long cap = bench.read(Register.CAP);
    bench.write(Register.CAP, 0);
    bench.write(Register.FSTS, -1);
    bench.write(Register.IQH, -1);
    assertThat(bench.read(Register.CAP)).isEqualTo(cap);
    assertThat(bench.read(Register.FSTS)).isZero();
    assertThat(bench.read(Register.IQH)).isZero();
  }

  @Test
  @Clause("VTD-040")
  void reservedBits_written_readZero() {
    Bench bench = bench();
    bench.write(Register.RTADDR, -1);
    bench.write(Register.FEADDR, -1);
    assertThat(bench.read(Register.RTADDR)).isEqualTo(0xffff_ffff_ffff_fc00L);
    assertThat(bench.read(Register.FEADDR)).isEqualTo(0xffff_fffcL);
  }

  @Test
  @Clause("VTD-040")
  void writeOnlyRegister_read_isZero() {
    Bench bench = bench();
    bench.write(Register.IVA, 0x1234_5006L);
    assertThat(bench.read(Register.IVA)).isZero();
    assertThat(bench.started().read(Register.GCMD)).isZero();
  }

  @Test
  @Clause("VTD-040")
  void clearedByOne_writtenZero_staysAndWrittenOne_clears() {
    Bench bench = bench().started();
    for (int i = 0; i < 9; i++) {
      bench.read(0);
    }
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).isTrue();
    bench.write(Register.FSTS, 0);
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).isTrue();
    bench.write(Register.FSTS, FaultStatus.PFO.mask());
    assertThat(bench.isSet(Register.FSTS, FaultStatus.PFO)).isFalse();
  }

  @Test
  @Clause("VTD-041")
  void wideRegister_inHalves_holdsTheSame() {
    Bench bench = bench();
    int rtaddr = bench.offset(Register.RTADDR);
    bench.unit.writeRegister(rtaddr, 4, 0x7654_3000L);
    bench.unit.writeRegister(rtaddr + 4, 4, 0x12L);
    assertThat(bench.read(Register.RTADDR)).isEqualTo(0x12_7654_3000L);
    bench.write(Register.IQA, 0x34_1111_1002L);
    int iqa = bench.offset(Register.IQA);
    assertThat(bench.unit.readRegister(iqa, 4)).isEqualTo(0x1111_1002L);
    assertThat(bench.unit.readRegister(iqa + 4, 4)).isEqualTo(0x34L);
  }

  @Test
  @Clause("VTD-041")
  void neighboursInOneQuadword_writtenApart_keepEachTheirValue() {
    Bench bench = bench();
    bench.write(Register.FEDATA, 0x41);
    bench.write(Register.FECTL, 0);
    assertThat(bench.read(Register.FEDATA)).isEqualTo(0x41);
    assertThat(bench.read(Register.FECTL)).isZero();
  }

  @Test
  void offsetWithoutRegister_readsZeroAndIgnoresWrites() {
    Bench bench = bench();
    bench.unit.writeRegister(0x64, 4, -1);
    assertThat(bench.unit.readRegister(0x64, 4)).isZero();
    assertThat(bench.unit.readRegister(0xff8, 8)).isZero();
  }

  @Test
  void access_misalignedOrOutside_isRefused() {
    Bench bench = bench();
    assertThatThrownBy(() -> bench.unit.readRegister(0xc, 8))
        .hasMessage("no register access of 8 bytes at 0xc");
    assertThatThrownBy(() -> bench.unit.writeRegister(0x1000, 4, 0))
        .hasMessage("no register access of 4 bytes at 0x1000");
    assertThatThrownBy(() -> bench.unit.readRegister(0, 2))
        .hasMessage("no register access of 2 bytes at 0x0");
  }
}
