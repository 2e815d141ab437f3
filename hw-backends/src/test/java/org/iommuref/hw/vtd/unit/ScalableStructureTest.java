package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.access.Rid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.BusRequest;
import org.junit.jupiter.api.Test;

class ScalableStructureTest extends ScalableDirectedTest {

  private static final Rid UPPER = new Rid(0x0180);

  private static BusRequest of(Rid device) {
    BusRequest read = ScalableBench.read(Bench.PAGE_A);
    return new BusRequest(
        device, read.pasid(), false, read.type(), read.address(), read.kind(), 0, false);
  }

  private static BusRequest with(int pasid) {
    return ScalableBench.read(Bench.PAGE_A).with(new Pasid(pasid));
  }

  private ScalableBench passing() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    return scene;
  }

  @Test
  @Clause("VTD-101")
  void rootEntry_whoseHalfIsNotPresent_is39() {
    ScalableBench scene = passing();
    assertThat(scene.access(of(Bench.DEVICE))).isEqualTo(OF_A);
    assertThat(scene.reasonOf(of(UPPER))).isEqualTo(0x39);
    scene.memory.writeLong(scene.rootAt(Bench.DEVICE) + 16, -2);
    assertThat(scene.reasonOf(of(new Rid(0x0200)))).as("reserved bits alone").isEqualTo(0x39);
  }

  @Test
  @Clause("VTD-101")
  void rootEntry_upperHalf_servesDevicesFrom16On() {
    ScalableBench scene = passing();
    scene.contextOf(UPPER);
    scene.pasid(UPPER, ScalableBench.PASID, ScalableBench.passThrough());
    scene.memory.writeLong(scene.rootAt(Bench.DEVICE), 0);
    assertThat(scene.access(of(UPPER))).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-102")
  void rootEntry_withReservedBit_is3A() {
    for (int bit : new int[] {1, 6, 11, 46, 63}) {
      ScalableBench scene = passing();
      scene.change(scene.rootAt(Bench.DEVICE), 1L << bit, 0);
      assertThat(scene.reasonOf(of(Bench.DEVICE))).as("bit %d", bit).isEqualTo(0x3a);
    }
  }

  @Test
  @Clause("VTD-103")
  void contextEntry_notPresent_is41WhateverElseItHolds() {
    ScalableBench scene = passing();
    scene.change(scene.contextAt(Bench.DEVICE), 0, 1);
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x41);
    scene.change(scene.contextAt(Bench.DEVICE), 0x1a0, 1);
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x41);
  }

  @Test
  @Clause("VTD-104")
  void contextEntry_withReservedBit_is42() {
    for (int bit : new int[] {5, 7, 8, 46, 63, 64 + 21, 64 + 63, 128, 191, 192, 255}) {
      ScalableBench scene = passing();
      scene.change(scene.contextAt(Bench.DEVICE) + 8L * (bit / 64), 1L << bit, 0);
      assertThat(scene.reasonOf(of(Bench.DEVICE))).as("bit %d", bit).isEqualTo(0x42);
    }
  }

  @Test
  @Clause("VTD-104")
  void contextEntry_withAFieldOfAFeatureThatIsNotThere_is42() {
    assertThat(reasonWithout(ExtendedCapability.DT, ScalableContextEntry.DTE)).isEqualTo(0x42);
    assertThat(reasonWithout(ExtendedCapability.PASID, ScalableContextEntry.PASIDE))
        .isEqualTo(0x42);
    assertThat(reasonWithout(ExtendedCapability.PTRS, ScalableContextEntry.EPTR)).isEqualTo(0x42);
    assertThat(reasonWithout(ExtendedCapability.RPS, ScalableContextEntry.RID_PASID))
        .isEqualTo(0x42);
    assertThat(reasonWithout(ExtendedCapability.RPRIVS, ScalableContextEntry.RID_PRIV))
        .isEqualTo(0x42);
    ScalableBench scene =
        scalable(
            VtdConfiguration.scalable()
                .withExtendedCapability(ExtendedCapability.PRS, 0)
                .withExtendedCapability(ExtendedCapability.DT, 1));
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    long bits = ScalableContextEntry.PRE.mask() | ScalableContextEntry.DTE.mask();
    scene.change(scene.contextAt(Bench.DEVICE), bits, 0);
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x42);
  }

  private int reasonWithout(Field feature, Field field) {
    ScalableBench scene = without(feature);
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    long at = scene.contextAt(Bench.DEVICE);
    scene.memory.writeLong(at + 8, 0);
    scene.change(at + 8L * field.quadword(), field.mask() & -field.mask(), 0);
    return scene.reasonOf(ScalableBench.plain(0));
  }

  @Test
  @Clause("VTD-105")
  void contextEntry_withFieldsThatDoNotFit_is43() {
    ScalableBench scene =
        scalable(
            VtdConfiguration.scalable()
                .withExtendedCapability(ExtendedCapability.PRS, 1)
                .withExtendedCapability(ExtendedCapability.DT, 1)
                .withExtendedCapability(ExtendedCapability.PTRS, 1));
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.passThrough());
    long at = scene.contextAt(Bench.DEVICE);
    BusRequest plain = ScalableBench.plain(Bench.PAGE_A);
    long preAlone = ScalableContextEntry.PRE.mask();
    scene.change(at, preAlone, 0);
    assertThat(scene.reasonOf(plain)).as("PRE without DTE").isEqualTo(0x43);
    scene.change(at, ScalableContextEntry.EPTR.mask(), preAlone);
    scene.change(at, 0, ScalableContextEntry.PASIDE.mask());
    assertThat(scene.reasonOf(plain)).as("EPTR without PASIDE").isEqualTo(0x43);
    scene.change(at, 0, ScalableContextEntry.EPTR.mask() | ScalableContextEntry.PDTS.mask());
    scene.memory.writeLong(at + 8, 1 << 13);
    assertThat(scene.reasonOf(plain)).as("RID_PASID beyond the directory").isEqualTo(0x43);
    scene.memory.writeLong(at + 8, ScalableBench.RID_PASID);
    assertThat(scene.access(plain)).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-106")
  void requestWithPasid_withoutPaside_is45() {
    ScalableBench scene = passing();
    scene.change(scene.contextAt(Bench.DEVICE), 0, ScalableContextEntry.PASIDE.mask());
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x45);
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.passThrough());
    assertThat(scene.access(ScalableBench.plain(Bench.PAGE_A))).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-107")
  void pasid_beyondTheDirectory_is46() {
    ScalableBench scene = passing();
    int limit = ScalableContextEntry.pasids(ScalableBench.DIRECTORY_SIZE);
    assertThat(scene.reasonOf(with(limit))).isEqualTo(0x46);
    assertThat(scene.reasonOf(with(limit - 1))).isEqualTo(0x51);
  }

  @Test
  @Clause("VTD-108")
  void pasid_thatIsRidPasid_is48() {
    ScalableBench scene = passing();
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.passThrough());
    assertThat(scene.reasonOf(with(ScalableBench.RID_PASID))).isEqualTo(0x48);
  }

  @Test
  @Clause("VTD-109")
  void pasid_beyondTheUnit_is89() {
    ScalableBench scene =
        scalable(VtdConfiguration.scalable().withExtendedCapability(ExtendedCapability.PSS, 11));
    scene.pasid(0xfff, ScalableBench.passThrough());
    assertThat(scene.access(with(0xfff))).isEqualTo(OF_A);
    assertThat(scene.reasonOf(with(0x1000))).isEqualTo(0x89);
  }

  @Test
  @Clause("VTD-110")
  void directoryEntry_notPresent_is51WhateverElseItHolds() {
    ScalableBench scene = passing();
    long at = scene.directoryAt(ScalableBench.PASID);
    scene.change(at, 0xffc, 1);
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x51);
  }

  @Test
  @Clause("VTD-111")
  void directoryEntry_withReservedBit_is52() {
    for (int bit : new int[] {2, 7, 11, 46, 63}) {
      ScalableBench scene = passing();
      scene.change(scene.directoryAt(ScalableBench.PASID), 1L << bit, 0);
      assertThat(scene.reasonOf(of(Bench.DEVICE))).as("bit %d", bit).isEqualTo(0x52);
    }
  }

  @Test
  @Clause("VTD-116")
  void structures_withoutMemory_have38And40And50And58() {
    ScalableBench scene = passing();
    scene.memory.writeLong(
        scene.directoryAt(ScalableBench.PASID), PasidDirectoryEntry.present(NO_MEMORY));
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x58);
    scene = passing();
    long directory = ScalableContextEntry.PASIDDIRPTR.mask();
    scene.change(scene.contextAt(Bench.DEVICE), 0, directory);
    scene.change(scene.contextAt(Bench.DEVICE), NO_MEMORY, 0);
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x50);
    scene.memory.writeLong(scene.rootAt(UPPER), NO_MEMORY | 1);
    assertThat(scene.reasonOf(of(UPPER))).isEqualTo(0x40);
    scene.bench.setRootTable(RootTableAddress.TTM.put(NO_MEMORY, RootTableAddress.TTM_SCALABLE));
    assertThat(scene.reasonOf(of(UPPER))).isEqualTo(0x38);
  }

  @Test
  @Clause("VTD-117")
  void requestWithoutPasid_usesRidPasid() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.passThrough());
    assertThat(scene.access(ScalableBench.plain(Bench.PAGE_A))).isEqualTo(OF_A);
    ScalableBench without = without(ExtendedCapability.RPS);
    without.memory.writeLong(without.contextAt(Bench.DEVICE) + 8, 0);
    without.pasid(0, ScalableBench.passThrough());
    assertThat(without.access(ScalableBench.plain(Bench.PAGE_A))).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-122")
  void abortMode_refusesEverythingWith33() {
    ScalableBench scene = passing();
    scene.bench.setRootTable(
        RootTableAddress.TTM.put(scene.bench.rootTable, RootTableAddress.TTM_ABORT));
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x33);
    assertThat(scene.reasonOf(ScalableBench.plain(0))).isEqualTo(0x33);
  }

  @Test
  @Clause("VTD-122")
  void modes_thatTheUnitLacks_are30() {
    for (int mode = 1; mode <= 3; mode++) {
      Bench bench = domain();
      bench.setRootTable(RootTableAddress.TTM.put(bench.rootTable, mode));
      assertThat(bench.reasonOfRead(Bench.IOVA)).as("TTM %d", mode).isEqualTo(0x30);
    }
  }

  @Test
  @Clause("VTD-127")
  void requestWithPasid_toTheInterruptRange_isTranslated() {
    ScalableBench scene = scalable().withFirstStage();
    scene.mapFirst(0xfee0_0000L, Bench.PAGE_A, 1);
    assertThat(scene.access(ScalableBench.read(0xfee0_0000L))).isEqualTo(OF_A);
    BusRequest zero = ScalableBench.request(AccessKind.ZERO_LENGTH_READ, 0xfee0_1000L);
    assertThat(scene.reasonOf(zero)).isEqualTo(0x71);
    assertThat(scene.reasonOf(ScalableBench.plain(0xfee0_0000L))).isEqualTo(0x29);
  }

  @Test
  @Clause("VTD-164")
  void translation_turnedOff_emptiesTheCaches() {
    ScalableBench scene = passing();
    scene.access(of(Bench.DEVICE));
    scene.memory.writeLong(scene.contextAt(Bench.DEVICE), 0);
    assertThat(scene.access(of(Bench.DEVICE))).as("cached").isEqualTo(OF_A);
    scene.bench.command(GlobalCommand.TE, false);
    scene.bench.command(GlobalCommand.TE, true);
    assertThat(scene.reasonOf(of(Bench.DEVICE))).isEqualTo(0x41);
  }
}
