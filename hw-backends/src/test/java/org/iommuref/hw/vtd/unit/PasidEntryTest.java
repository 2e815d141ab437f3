package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import org.iommuref.hw.vtd.layout.Capability;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.Field;
import org.iommuref.hw.vtd.layout.PasidDirectoryEntry;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.access.AccessKind;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.BusRequest;
import org.junit.jupiter.api.Test;

class PasidEntryTest extends ScalableDirectedTest {

  private static final BusRequest READ = ScalableBench.read(Bench.PAGE_A);

  private int reason(VtdConfiguration unit, long[] entry, Consumer<long[]> change) {
    ScalableBench scene = scalable(unit);
    change.accept(entry);
    scene.pasid(ScalableBench.PASID, entry);
    return scene.reasonOf(READ);
  }

  private int reason(long[] entry, Consumer<long[]> change) {
    return reason(VtdConfiguration.scalable(), entry, change);
  }

  private int reasonWithout(Field feature, long[] entry, Field field, long value) {
    return reason(
        VtdConfiguration.scalable().withExtendedCapability(feature, 0),
        entry,
        e -> PasidEntry.put(e, field, value));
  }

  @Test
  @Clause("VTD-112")
  void entry_notPresent_is59WhateverElseItHolds() {
    assertThat(reason(ScalableBench.passThrough(), e -> e[0] = 0xc20)).isEqualTo(0x59);
    assertThat(reason(ScalableBench.passThrough(), e -> e[0] = 0)).isEqualTo(0x59);
  }

  @Test
  @Clause("VTD-113")
  void entry_withReservedBit_is5A() {
    int[] reserved = {
      5, 10, 11, 64 + 16, 64 + 22, 64 + 25, 64 + 26, 127, 129, 136, 139, 192, 255, 256, 335, 336,
      511
    };
    for (int bit : reserved) {
      assertThat(reason(ScalableBench.passThrough(), e -> e[bit / 64] |= 1L << bit))
          .as("bit %d", bit)
          .isEqualTo(0x5a);
    }
  }

  @Test
  @Clause("VTD-113")
  void entry_withIgnoredBits_translates() {
    ScalableBench scene = scalable();
    long[] entry = ScalableBench.passThrough();
    entry[2] |= PasidEntry.IGNORED.mask() | 1L << 46 | 1L << 63;
    entry[0] |= 1L << 46 | PasidEntry.AW.mask();
    scene.pasid(ScalableBench.PASID, entry);
    assertThat(scene.access(READ)).as("pointers and AW of pass-through").isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-113")
  void entry_withPointerBeyondTheHost_is5A() {
    assertThat(reason(ScalableBench.firstStage(1L << 46), e -> {})).isEqualTo(0x5a);
    assertThat(reason(ScalableBench.secondStage(1L << 46), e -> {})).isEqualTo(0x5a);
    assertThat(reason(ScalableBench.nested(0, 1L << 63), e -> {})).isEqualTo(0x5a);
  }

  @Test
  @Clause("VTD-113")
  void entry_withDomainIdBeyondTheUnit_is5A() {
    VtdConfiguration unit = VtdConfiguration.scalable().withCapability(Capability.ND, 2);
    assertThat(reason(unit, ScalableBench.passThrough(), e -> e[1] |= 0x100)).isEqualTo(0x5a);
  }

  @Test
  @Clause("VTD-113")
  void entry_withAFieldOfAFeatureThatIsNotThere_is5A() {
    long[] pass = ScalableBench.passThrough();
    pass[1] = Bench.DOMAIN;
    assertThat(reasonWithout(ExtendedCapability.SSTS, pass.clone(), PasidEntry.AW, 2))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.SSTS, pass.clone(), PasidEntry.SSPTPTR, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.SSADS, pass.clone(), PasidEntry.SSADE, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.SMPWCS, pass.clone(), PasidEntry.PWSNP, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.SC, pass.clone(), PasidEntry.PGSNP, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.SRS, pass.clone(), PasidEntry.SRE, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.FSTS, pass.clone(), PasidEntry.FSPM, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.FSTS, pass.clone(), PasidEntry.WPE, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.EAFS, pass.clone(), PasidEntry.EAFE, 1))
        .isEqualTo(0x5a);
    assertThat(reasonWithout(ExtendedCapability.FSTS, pass.clone(), PasidEntry.FSPTPTR, 1))
        .isEqualTo(0x5a);
  }

  @Test
  @Clause("VTD-114")
  void entry_withTypeThatTheUnitLacks_is5B() {
    for (int type : new int[] {0, 5, 6, 7}) {
      assertThat(reason(ScalableBench.passThrough(), e -> PasidEntry.put(e, PasidEntry.PGTT, type)))
          .as("PGTT %d", type)
          .isEqualTo(0x5b);
    }
    Field[] features = {
      ExtendedCapability.FSTS,
      ExtendedCapability.SSTS,
      ExtendedCapability.NEST,
      ExtendedCapability.PT
    };
    for (int i = 0; i < features.length; i++) {
      long[] entry = PasidEntry.present(i + 1, Bench.DOMAIN);
      VtdConfiguration unit = VtdConfiguration.scalable().withExtendedCapability(features[i], 0);
      assertThat(reason(unit, entry, e -> {})).as("PGTT %d", i + 1).isEqualTo(0x5b);
    }
  }

  @Test
  @Clause("VTD-114")
  void entry_withWidthOrLevelsThatTheUnitLacks_is5B() {
    for (int width : new int[] {0, 4, 7}) {
      assertThat(reason(ScalableBench.secondStage(0), e -> PasidEntry.put(e, PasidEntry.AW, width)))
          .as("AW %d", width)
          .isEqualTo(0x5b);
    }
    for (int mode : new int[] {2, 3}) {
      assertThat(reason(ScalableBench.firstStage(0), e -> PasidEntry.put(e, PasidEntry.FSPM, mode)))
          .as("FSPM %d", mode)
          .isEqualTo(0x5b);
    }
    VtdConfiguration unit = VtdConfiguration.scalable().withCapability(Capability.FS5LP, 0);
    assertThat(
            reason(unit, ScalableBench.firstStage(0), e -> PasidEntry.put(e, PasidEntry.FSPM, 1)))
        .isEqualTo(0x5b);
  }

  @Test
  @Clause("VTD-114")
  void nestedEntry_withFirstStageBeyondTheSecond_is5B() {
    assertThat(reason(ScalableBench.nested(1L << 39, 0), e -> PasidEntry.put(e, PasidEntry.AW, 1)))
        .isEqualTo(0x5b);
  }

  @Test
  @Clause("VTD-115")
  void supervisorRequest_withoutSre_is5D() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    assertThat(scene.reasonOf(READ.asPrivileged())).isEqualTo(0x5d);
    assertThat(scene.access(READ)).isEqualTo(OF_A);
    assertThat(scene.reasonOf(READ.asPrivileged())).as("from the cache").isEqualTo(0x5d);
    ScalableBench admitting = scalable();
    admitting.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    admitting.with(PasidEntry.SRE, 1);
    assertThat(admitting.access(READ.asPrivileged())).isEqualTo(OF_A);
  }

  @Test
  @Clause("VTD-118")
  void ridPrivilege_makesRequestsWithoutPasidPrivileged() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.RID_PASID, ScalableBench.passThrough());
    scene.change(scene.contextAt(Bench.DEVICE) + 8, ScalableContextEntry.RID_PRIV.mask(), 0);
    assertThat(scene.reasonOf(ScalableBench.plain(0))).isEqualTo(0x5d);
  }

  @Test
  @Clause("VTD-119")
  void passThrough_keepsTheAddress_andBeyondTheHostIs83() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    assertThat(scene.access(READ)).isEqualTo(OF_A);
    assertThat(scene.access(ScalableBench.read(Bench.PAGE_B))).isEqualTo(OF_B);
    assertThat(scene.reasonOf(ScalableBench.read(1L << 46))).isEqualTo(0x83);
  }

  @Test
  @Clause("VTD-123")
  void output_inTheInterruptRange_is87() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    assertThat(scene.reasonOf(ScalableBench.read(0xfee0_0000L))).isEqualTo(0x87);
    assertThat(scene.reasonOf(ScalableBench.read(0xfeef_fff8L))).isEqualTo(0x87);
  }

  @Test
  @Clause("VTD-124")
  void fpd_ofAnyStructure_keepsTheFaultOutOfTheLog() {
    ScalableBench scene = scalable().withFirstStage();
    assertThat(scene.reasonOfRead()).isEqualTo(0x71);
    long[] structures = {
      scene.contextAt(Bench.DEVICE),
      scene.directoryAt(ScalableBench.PASID),
      scene.pasidAt(ScalableBench.PASID)
    };
    for (int i = 0; i < structures.length; i++) {
      ScalableBench silent = scalable().withFirstStage();
      silent.change(structures[i], PasidEntry.FPD.mask(), 0);
      assertThat(silent.reasonOfRead()).as("structure %d", i).isEqualTo(-1);
      assertThat(silent.reasonOfRead()).as("structure %d, cached", i).isEqualTo(-1);
    }
    assertThat(PasidEntry.FPD.mask()).isEqualTo(PasidDirectoryEntry.FPD.mask());
  }

  @Test
  @Clause("VTD-125")
  void record_ofARequestWithPasid_holdsPasidAndPrivilegeAndExecute() {
    ScalableBench scene = scalable().withFirstStage();
    Atom user = scene.recordOf(ScalableBench.read(Bench.IOVA));
    assertThat(FaultRecording.PP.isSet(user.high())).isTrue();
    assertThat(FaultRecording.PV.get(user)).isEqualTo(ScalableBench.PASID);
    assertThat(FaultRecording.PRIV.isSet(user.high())).isFalse();
    assertThat(FaultRecording.EXE.isSet(user.high())).isFalse();
    ScalableBench other = scalable().withFirstStage();
    Atom supervisor =
        other.recordOf(ScalableBench.request(AccessKind.EXECUTE, Bench.IOVA).asPrivileged());
    assertThat(FaultRecording.PRIV.isSet(supervisor.high())).isTrue();
    assertThat(FaultRecording.EXE.isSet(supervisor.high())).isTrue();
  }

  @Test
  @Clause("VTD-125")
  void record_ofARequestWithoutPasid_hasNone() {
    ScalableBench scene = scalable();
    Atom record = scene.recordOf(ScalableBench.plain(Bench.IOVA));
    assertThat(FaultRecording.FR.get(record)).isEqualTo(0x51);
    assertThat(record.high() & (FaultRecording.PP.mask() | FaultRecording.PV.mask())).isZero();
    assertThat(scene.bench.isSet(Register.FSTS, FaultStatus.PFO)).isFalse();
  }

  @Test
  @Clause("VTD-113")
  void entries_areReadByAtoms_betweenWhichTheyMayChange() {
    ScalableBench scene = scalable();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    int slot = scene.bench.unit.request(READ);
    int machine = slot;
    while (!scene.bench.steps.events().toString().contains("ReadPasidDirectory")) {
      scene.bench.unit.advance(machine);
    }
    scene.bench.unit.advance(machine);
    scene.memory.writeLong(scene.pasidAt(ScalableBench.PASID) + 56, 1);
    scene.memory.writeLong(scene.pasidAt(ScalableBench.PASID), 0);
    scene.bench.unit.drain();
    scene.bench.unit.answer(slot);
    assertThat(FaultRecording.FR.get(scene.bench.record(0)))
        .as("the first atom is of before, the last one of after")
        .isEqualTo(0x5a);
  }
}
