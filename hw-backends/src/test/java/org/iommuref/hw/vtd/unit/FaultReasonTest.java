package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.RootEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.junit.jupiter.api.Test;

class FaultReasonTest extends DirectedTest {

  private static final long NO_MEMORY = 1L << 41;

  private static final int[] BELOW_CTP = {1, 5, 11};

  // Root entry.

  @Test
  @Clause({"VTD-001", "VTD-006"})
  void rootEntry_notPresent_is01WhateverElseItHolds() {
    Bench bench = bench().started();
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x01);
    bench.memory.writeAtom(bench.rootTable + RootEntry.offset(1), new Atom(-2, -1));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x01);
  }

  @Test
  @Clause("VTD-002")
  void rootEntry_withReservedBit_is0A() {
    for (int bit : BELOW_CTP) {
      assertThat(reasonWithRoot(1L << bit, 0)).as("bit %d", bit).isEqualTo(0x0a);
    }
    assertThat(reasonWithRoot(0, 1)).isEqualTo(0x0a);
    assertThat(reasonWithRoot(0, 1L << 63)).isEqualTo(0x0a);
    assertThat(reasonWithRoot(1L << 46, 0)).as("beyond the host").isEqualTo(0x0a);
    assertThat(reasonWithRoot(1L << 63, 0)).as("beyond the host").isEqualTo(0x0a);
  }

  private int reasonWithRoot(long low, long high) {
    Bench bench = domain();
    long at = bench.rootTable + RootEntry.offset(1);
    Atom entry = bench.memory.readAtom(at);
    bench.memory.writeAtom(at, new Atom(entry.low() | low, entry.high() | high));
    return bench.reasonOfRead(Bench.IOVA);
  }

  @Test
  @Clause("VTD-016")
  void rootTable_withoutMemory_is08() {
    Bench bench = bench().started();
    bench.setRootTable(NO_MEMORY);
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x08);
  }

  // Context entry.

  @Test
  @Clause({"VTD-003", "VTD-006"})
  void contextEntry_notPresent_is02WhateverElseItHolds() {
    Bench bench = bench().started();
    bench.context(Bench.DEVICE, new Atom(0, 0));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x02);
    bench.context(Bench.DEVICE, new Atom(-4, -1));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x02);
  }

  @Test
  @Clause("VTD-004")
  void contextEntry_withReservedBit_is0B() {
    for (int bit : new int[] {4, 7, 11}) {
      assertThat(reasonWithContext(1L << bit, 0)).as("bit %d", bit).isEqualTo(0x0b);
    }
    for (int bit : new int[] {7, 24, 63}) {
      assertThat(reasonWithContext(0, 1L << bit)).as("bit %d", 64 + bit).isEqualTo(0x0b);
    }
    assertThat(reasonWithContext(1L << 46, 0)).as("beyond the host").isEqualTo(0x0b);
  }

  @Test
  void contextEntry_withIgnoredBits_translates() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    Atom entry = bench.memory.readAtom(bench.contextEntryAt(Bench.DEVICE));
    bench.context(Bench.DEVICE, new Atom(entry.low(), entry.high() | ContextEntry.IGNORED.mask()));
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }

  @Test
  @Clause("VTD-004")
  void contextEntry_withDomainIdBeyondTheUnit_is0B() {
    Bench bench = new Bench(capable(Capability.ND, 2)).started();
    bench.attach(Bench.DEVICE, 0x100, bench.page());
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x0b);
    bench.attach(Bench.DEVICE, 0xff, bench.page());
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x06);
  }

  @Test
  @Clause("VTD-005")
  void contextEntry_withUnsupportedWidth_is03() {
    for (int width : new int[] {0, 3, 4, 7}) {
      Bench bench = bench().started();
      bench.context(Bench.DEVICE, ContextEntry.present(0, width, Bench.DOMAIN, bench.page()));
      assertThat(bench.reasonOfRead(0)).as("AW %d", width).isEqualTo(0x03);
    }
  }

  @Test
  @Clause("VTD-005")
  void contextEntry_withUnsupportedType_is03() {
    for (int type : new int[] {1, 3}) {
      Bench bench = bench().started();
      bench.context(Bench.DEVICE, ContextEntry.present(type, 2, Bench.DOMAIN, bench.page()));
      assertThat(bench.reasonOfRead(0)).as("TT %d", type).isEqualTo(0x03);
    }
  }

  @Test
  @Clause("VTD-005")
  void contextEntry_passingThroughAUnitWithoutPassThrough_is03() {
    VtdConfiguration unit = parts.configuration().withExtendedCapability(ExtendedCapability.PT, 0);
    Bench bench = new Bench(parts.with(unit)).started();
    bench.passThrough(Bench.DEVICE, Bench.DOMAIN);
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x03);
  }

  private int reasonWithContext(long low, long high) {
    Bench bench = domain();
    Atom entry = bench.memory.readAtom(bench.contextEntryAt(Bench.DEVICE));
    bench.context(Bench.DEVICE, new Atom(entry.low() | low, entry.high() | high));
    return bench.reasonOfRead(Bench.IOVA);
  }

  @Test
  @Clause("VTD-016")
  void contextTable_withoutMemory_is09() {
    Bench bench = bench().started();
    bench.memory.writeAtom(bench.rootTable + RootEntry.offset(1), RootEntry.present(NO_MEMORY));
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x09);
  }

  // Address.

  @Test
  @Clause("VTD-009")
  void address_beyondTheWidthOfTheDomain_is04() {
    Bench bench = bench().started();
    bench.context(
        Bench.DEVICE, ContextEntry.present(0, ContextEntry.AW_39, Bench.DOMAIN, bench.page()));
    assertThat(bench.reasonOfRead(1L << 39)).isEqualTo(0x04);
    assertThat(bench.reasonOfRead((1L << 39) - 8)).isEqualTo(0x06);
    assertThat(domain().reasonOfRead(1L << 48)).isEqualTo(0x04);
    assertThat(domain().reasonOfRead(-8)).isEqualTo(0x04);
  }

  @Test
  @Clause("VTD-009")
  void address_beyondTheUnitsWidth_is04() {
    Bench bench = new Bench(capable(Capability.MGAW, 45)).withDomain();
    assertThat(bench.reasonOfRead(1L << 46)).isEqualTo(0x04);
    assertThat(bench.reasonOfRead((1L << 46) - 8)).isEqualTo(0x06);
  }

  @Test
  @Clause("VTD-008")
  void passThrough_beyondTheHost_is04() {
    Bench bench = bench().started();
    bench.passThrough(Bench.DEVICE, Bench.DOMAIN);
    assertThat(bench.reasonOfRead(1L << 46)).isEqualTo(0x04);
    assertThat(bench.read(Bench.PAGE_A)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }

  // Tables.

  @Test
  @Clause("VTD-016")
  void topTable_withoutMemory_is03() {
    Bench bench = bench().started();
    bench.attach(Bench.DEVICE, Bench.DOMAIN, NO_MEMORY);
    assertThat(bench.reasonOfRead(0)).isEqualTo(0x03);
  }

  @Test
  @Clause("VTD-016")
  void lowerTable_withoutMemory_is07() {
    for (int level = 2; level <= 4; level++) {
      Bench bench = domain();
      bench.memory.writeLong(bench.entryAt(Bench.IOVA, level), SecondStageEntry.table(NO_MEMORY));
      assertThat(bench.reasonOfRead(Bench.IOVA)).as("level %d", level).isEqualTo(0x07);
    }
  }

  @Test
  @Clause({"VTD-012", "VTD-013"})
  void absentEntry_ofAnyLevel_is05ForWritesAnd06ForReads() {
    for (int level = 1; level <= 4; level++) {
      Bench bench = domain();
      bench.memory.writeLong(bench.entryAt(Bench.IOVA, level), 0);
      assertThat(bench.reasonOfWrite(Bench.IOVA)).as("level %d", level).isEqualTo(0x05);
      assertThat(bench.reasonOfRead(Bench.IOVA)).as("level %d", level).isEqualTo(0x06);
    }
  }

  @Test
  @Clause("VTD-014")
  void absentEntry_withReservedBits_isAbsent() {
    Bench bench = domain();
    bench.memory.writeLong(bench.entryAt(Bench.IOVA, 1), ~3L);
    assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x06);
  }

  @Test
  @Clause("VTD-014")
  void presentEntry_withReservedBit_is0C() {
    for (int level = 1; level <= 4; level++) {
      for (int bit : new int[] {11, 46, 51, 62}) {
        assertThat(reasonWithEntry(level, 1L << bit))
            .as("level %d bit %d", level, bit)
            .isEqualTo(0x0c);
      }
    }
  }

  @Test
  @Clause("VTD-014")
  void snp_isOfLeavesOfUnitsWithSnoopControl() {
    VtdConfiguration unit = parts.configuration().withExtendedCapability(ExtendedCapability.SC, 1);
    for (int level = 1; level <= 2; level++) {
      Bench bench = new Bench(parts.with(unit)).withDomain();
      bench.map(Bench.IOVA, Bench.PAGE_A, 1);
      long at = bench.entryAt(Bench.IOVA, level);
      bench.memory.writeLong(at, bench.memory.readLong(at) | SecondStageEntry.SNP.mask());
      if (level == 1) {
        assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
      } else {
        assertThat(bench.reasonOfRead(Bench.IOVA)).isEqualTo(0x0c);
      }
    }
  }

  @Test
  @Clause("VTD-014")
  void presentEntry_withOneRightAndAReservedBit_is0C() {
    Bench bench = domain();
    bench.memory.writeLong(bench.entryAt(Bench.IOVA, 1), Bench.PAGE_A | 1L << 62 | 2);
    assertThat(bench.reasonOfWrite(Bench.IOVA)).isEqualTo(0x0c);
  }

  @Test
  void presentEntry_withIgnoredBits_translates() {
    Bench bench = domain();
    long ignored = 0x77CL | 0x1ffL << 52 | 1L << 61 | 1L << 63;
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    long at = bench.entryAt(Bench.IOVA, 1);
    bench.memory.writeLong(at, bench.memory.readLong(at) | ignored | 0x80);
    at = bench.entryAt(Bench.IOVA, 2);
    bench.memory.writeLong(at, bench.memory.readLong(at) | ignored);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
  }

  private int reasonWithEntry(int level, long bits) {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    long at = bench.entryAt(Bench.IOVA, level);
    bench.memory.writeLong(at, bench.memory.readLong(at) | bits);
    return bench.reasonOfRead(Bench.IOVA);
  }

  @Test
  @Clause("VTD-014")
  void largeLeaf_withAddressBelowItsSize_is0C() {
    for (int level = 2; level <= 3; level++) {
      Bench bench = domain();
      bench.map(Bench.IOVA, Bench.PAGE_A + (1L << (SecondStageEntry.shift(level) - 1)), level);
      assertThat(bench.reasonOfRead(Bench.IOVA)).as("level %d", level).isEqualTo(0x0c);
    }
  }

  @Test
  @Clause("VTD-015")
  void largeLeaf_ofASizeThatIsNotSupported_is0C() {
    assertThat(reasonOfLeaf(0, 2)).isEqualTo(0x0c);
    assertThat(reasonOfLeaf(1, 3)).isEqualTo(0x0c);
    assertThat(reasonOfLeaf(3, 4)).isEqualTo(0x0c);
  }

  private int reasonOfLeaf(int sizes, int level) {
    Bench bench = new Bench(capable(Capability.SSLPS, sizes)).withDomain();
    bench.map(Bench.IOVA, 0, level);
    return bench.reasonOfRead(Bench.IOVA);
  }

  // Rights and output.

  @Test
  @Clause({"VTD-012", "VTD-013"})
  void missingRight_is05ForWritesAnd06ForReads() {
    Bench bench = domain();
    bench.memory.writeLong(
        bench.entryAt(Bench.IOVA, 1), SecondStageEntry.leaf(Bench.PAGE_A, 1, true, false));
    assertThat(bench.reasonOfWrite(Bench.IOVA)).isEqualTo(0x05);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
    long other = Bench.IOVA + 0x1000;
    bench.memory.writeLong(
        bench.entryAt(other, 1), SecondStageEntry.leaf(Bench.PAGE_B, 1, false, true));
    assertThat(bench.reasonOfRead(other)).isEqualTo(0x06);
    assertThat(bench.write(other, 7)).isEqualTo(AccessOutcome.completed(0));
    assertThat(bench.memory.readLong(Bench.PAGE_B)).isEqualTo(7);
  }

  @Test
  @Clause("VTD-017")
  void output_inTheInterruptRange_is0E() {
    Bench bench = domain();
    bench.map(Bench.IOVA, 0xfee0_0000L, 1);
    bench.map(Bench.IOVA + 0x1000, 0xfeef_f000L, 1);
    bench.map(Bench.IOVA + 0x2000, 0xfef0_0000L, 1);
    assertThat(bench.reasonOfWrite(Bench.IOVA)).isEqualTo(0x0e);
    assertThat(bench.reasonOfRead(Bench.IOVA + 0x1000)).isEqualTo(0x0e);
    assertThat(bench.read(Bench.IOVA + 0x2000)).isEqualTo(AccessOutcome.completed(0));
  }

  @Test
  @Clause("VTD-017")
  void output_ofACachedLargePageThatReachesIn_is0E() {
    Bench bench = domain();
    long start = Bench.IOVA & -(1L << 30);
    bench.map(start, 0xc000_0000L, 3);
    assertThat(bench.read(start)).isEqualTo(AccessOutcome.completed(0));
    assertThat(bench.reasonOfRead(start + 0x3ee0_0000L)).isEqualTo(0x0e);
  }

  // Requests.

  @Test
  @Clause("VTD-018")
  void input_inTheInterruptRangeOfEightBytes_is29EvenIfMapped() {
    Bench bench = domain();
    bench.map(0xfee0_0000L, Bench.PAGE_A, 1);
    assertThat(bench.reasonOfWrite(0xfee0_0000L)).isEqualTo(0x29);
    assertThat(bench.reasonOfRead(0xfee0_0000L)).isEqualTo(0x29);
  }

  @Test
  @Clause("VTD-018")
  void input_besideTheInterruptRange_isTranslated() {
    Bench bench = domain();
    bench.map(0xfedf_f000L, Bench.PAGE_A, 1);
    bench.map(0xfef0_0000L, Bench.PAGE_B, 1);
    assertThat(bench.read(0xfedf_f000L)).isEqualTo(AccessOutcome.completed(Bench.OF_A));
    assertThat(bench.read(0xfef0_0000L)).isEqualTo(AccessOutcome.completed(Bench.OF_B));
  }

  @Test
  void zeroLengthRead_ofTheInterruptRange_succeedsWithoutTables() {
    Bench bench = bench().started();
    assertThat(bench.access(Bench.DEVICE, 0xfee0_0000L, AccessKind.ZERO_LENGTH_READ))
        .isEqualTo(AccessOutcome.completed(0));
  }

  @Test
  @Clause("VTD-019")
  void requestWithPasid_is31() {
    Bench bench = domain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    DeviceAccess access = DeviceAccess.read(Bench.DEVICE, new Iova(Bench.IOVA));
    assertThat(bench.reasonOf(access.with(new Pasid(1)))).isEqualTo(0x31);
    assertThat(bench.reasonOf(access.with(new Pasid(0)))).isEqualTo(0x31);
  }

  @Test
  @Clause("VTD-019")
  void rootTable_ofAnotherMode_is30() {
    Bench bench = domain();
    for (int mode = 1; mode <= 3; mode++) {
      bench.setRootTable(RootTableAddress.TTM.put(bench.rootTable, mode));
      assertThat(bench.reasonOfRead(Bench.IOVA)).as("TTM %d", mode).isEqualTo(0x30);
    }
  }
}
