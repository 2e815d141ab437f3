package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.iommuref.hw.vtd.layout.ContextEntry;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FirstStageEntry;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.hw.vtd.layout.SecondStageEntry;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.unit.AddressType;
import org.iommuref.spec.unit.BusRequest;
import org.iommuref.spec.unit.TranslationCompletion;
import org.iommuref.spec.unit.TranslationCompletion.Status;
import org.junit.jupiter.api.Test;

class DeviceTlbTest extends ScalableDirectedTest {

  private static final BusRequest TRANSLATED =
      ScalableBench.read(Bench.PAGE_A).as(AddressType.TRANSLATED);
  private static final BusRequest ASK =
      ScalableBench.read(Bench.IOVA).as(AddressType.TRANSLATION_REQUEST);
  private static final BusRequest PLAIN =
      BusRequest.translationOf(Bench.DEVICE, new Iova(Bench.IOVA));

  private static VtdConfiguration withDevices() {
    return VtdConfiguration.scalable()
        .withExtendedCapability(ExtendedCapability.DT, 1)
        .withExtendedCapability(ExtendedCapability.NWFS, 1)
        .withExtendedCapability(ExtendedCapability.PTRS, 1);
  }

  private ScalableBench devices() {
    ScalableBench scene = scalable(withDevices());
    long bits = ScalableContextEntry.DTE.mask() | ScalableContextEntry.EPTR.mask();
    scene.change(scene.contextAt(Bench.DEVICE), bits, 0);
    return scene;
  }

  private ScalableBench mapped() {
    ScalableBench scene = devices().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    return scene;
  }

  private static TranslationCompletion ask(Bench bench, BusRequest request) {
    int slot = bench.unit.request(request);
    bench.unit.drain();
    return Objects.requireNonNull(bench.unit.completion(slot), "no completion");
  }

  private static TranslationCompletion ask(ScalableBench scene, BusRequest request) {
    return ask(scene.bench, request);
  }

  private static TranslationCompletion page(long page, int shift, boolean read, boolean write) {
    return new TranslationCompletion(Status.SUCCESS, page, shift, read, write, false, false, false);
  }

  private static int recorded(Bench bench) {
    long high = bench.record(0).high();
    bench.clearRecord(0);
    return FaultRecording.F.isSet(high) ? (int) FaultRecording.FR.get(high) : -1;
  }

  @Test
  @Clause("VTD-175")
  void requestOfADeviceTlb_withoutDte_is44() {
    ScalableBench scene = mapped();
    scene.change(scene.contextAt(Bench.DEVICE), 0, ScalableContextEntry.DTE.mask());
    assertThat(scene.reasonOf(TRANSLATED)).isEqualTo(0x44);
    assertThat(ask(mapped(), ASK).status()).isEqualTo(Status.SUCCESS);
  }

  @Test
  @Clause("VTD-176")
  void translatedRequestWithPasid_withoutEptr_is49() {
    ScalableBench scene = mapped();
    scene.change(scene.contextAt(Bench.DEVICE), 0, ScalableContextEntry.EPTR.mask());
    assertThat(scene.reasonOf(TRANSLATED)).isEqualTo(0x49);
  }

  @Test
  @Clause("VTD-178")
  void translatedRequest_keepsItsAddress_withinTheHost() {
    ScalableBench scene = devices();
    assertThat(scene.access(TRANSLATED)).isEqualTo(OF_A);
    BusRequest far = ScalableBench.read(1L << 46).as(AddressType.TRANSLATED);
    assertThat(scene.reasonOf(far)).isEqualTo(0x83);
    BusRequest range = ScalableBench.read(0xfee0_0000L).as(AddressType.TRANSLATED);
    assertThat(scene.reasonOf(range)).isEqualTo(0x87);
  }

  @Test
  @Clause("VTD-177")
  void legacyMode_servesADeviceTlb_withTranslationType01Alone() {
    Bench bench = legacy(ContextEntry.TT_SECOND_STAGE);
    assertThat(ask(bench, PLAIN).status()).isEqualTo(Status.UNSUPPORTED);
    assertThat(recorded(bench)).isEqualTo(0x0d);
    BusRequest translated = ScalableBench.plain(Bench.PAGE_A).as(AddressType.TRANSLATED);
    assertThat(bench.reasonOf(translated)).isEqualTo(0x0d);
    bench = legacy(ContextEntry.TT_SECOND_STAGE_AND_ATS);
    assertThat(ask(bench, PLAIN)).isEqualTo(page(Bench.PAGE_A, 12, true, true));
    assertThat(bench.access(translated)).isEqualTo(OF_A);
    assertThat(bench.read(Bench.IOVA)).isEqualTo(OF_A);
  }

  private Bench legacy(int type) {
    VtdConfiguration unit =
        VtdConfiguration.standard()
            .withExtendedCapability(ExtendedCapability.DT, 1)
            .withExtendedCapability(ExtendedCapability.SC, 1);
    Bench bench = new Bench(parts.with(unit)).withDomain();
    bench.map(Bench.IOVA, Bench.PAGE_A, 1);
    long table = bench.tableOf(Bench.DEVICE);
    bench.context(
        Bench.DEVICE, ContextEntry.present(type, ContextEntry.AW_48, Bench.DOMAIN, table));
    return bench;
  }

  @Test
  @Clause("VTD-178")
  void legacyMode_boundsTranslatedRequests() {
    Bench bench = legacy(ContextEntry.TT_SECOND_STAGE_AND_ATS);
    BusRequest far = ScalableBench.plain(1L << 46).as(AddressType.TRANSLATED);
    assertThat(bench.reasonOf(far)).isEqualTo(0x04);
    BusRequest range = ScalableBench.plain(0xfee0_0000L).as(AddressType.TRANSLATED);
    assertThat(bench.reasonOf(range)).isEqualTo(0x0e);
  }

  @Test
  @Clause("VTD-179")
  void completion_tellsPageSizeAndRights() {
    ScalableBench scene = mapped();
    assertThat(ask(scene, ASK)).isEqualTo(page(Bench.PAGE_A, 12, true, true));
    scene = mapped();
    scene.change(scene.firstAt(Bench.IOVA, 1), 0, FirstStageEntry.RW.mask());
    assertThat(ask(scene, ASK)).isEqualTo(page(Bench.PAGE_A, 12, true, false));
    scene = devices().withFirstStage();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 2);
    assertThat(ask(scene, ASK)).isEqualTo(page(Bench.PAGE_A, 21, true, true));
    scene = devices().withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    scene.change(scene.secondAt(Bench.IOVA, 1), 0, 1);
    assertThat(ask(scene, ASK)).as("write-only").isEqualTo(page(Bench.PAGE_A, 12, false, true));
    scene = devices();
    scene.pasid(ScalableBench.PASID, ScalableBench.passThrough());
    assertThat(ask(scene, ASK).address()).isEqualTo(Bench.IOVA);
  }

  @Test
  @Clause({"VTD-179", "VTD-181"})
  void completion_ofAPageThatCanOnlyBeWritten_withoutWriting_hasNoRights() {
    ScalableBench scene = devices().withSecondStage();
    scene.memory.writeLong(scene.secondAt(Bench.IOVA, 1), Bench.PAGE_A | Rights.WRITE);
    assertThat(ask(scene, ASK.withoutWriting()))
        .as("VTD-181: NW")
        .isEqualTo(TranslationCompletion.withoutRights());
  }

  @Test
  @Clause("VTD-179")
  void completion_inLegacyMode_tellsRights() {
    for (long rights = 1; rights <= 3; rights++) {
      Bench bench = legacy(ContextEntry.TT_SECOND_STAGE_AND_ATS);
      bench.memory.writeLong(bench.entryAt(Bench.IOVA, 1), Bench.PAGE_A | rights);
      assertThat(ask(bench, PLAIN))
          .as("VTD-179: rights %d", rights)
          .isEqualTo(page(Bench.PAGE_A, 12, (rights & 1) != 0, (rights & 2) != 0));
    }
  }

  @Test
  @Clause("VTD-179")
  void completion_inLegacyMode_tellsSnoopOfTheLeaf() {
    Bench bench = legacy(ContextEntry.TT_SECOND_STAGE_AND_ATS);
    long leaf = SecondStageEntry.leaf(Bench.PAGE_A, 1, true, true);
    bench.memory.writeLong(bench.entryAt(Bench.IOVA, 1), leaf | SecondStageEntry.SNP.mask());
    assertThat(ask(bench, PLAIN).snooped()).as("VTD-179: SNP").isTrue();
  }

  @Test
  @Clause("VTD-179")
  void completion_tellsPrivilegeAndSnoop() {
    ScalableBench scene = mapped().with(PasidEntry.SRE, 1).with(PasidEntry.PGSNP, 1);
    assertThat(ask(scene, ASK.asPrivileged()))
        .isEqualTo(
            new TranslationCompletion(
                Status.SUCCESS, Bench.PAGE_A, 12, true, true, true, false, true));
    scene = devices().withSecondStage();
    scene.memory.writeLong(
        scene.secondAt(Bench.IOVA, 1),
        SecondStageEntry.leaf(Bench.PAGE_A, 1, true, true) | SecondStageEntry.SNP.mask());
    assertThat(ask(scene, ASK).snooped()).isTrue();
  }

  @Test
  @Clause("VTD-180")
  void refusal_isAnAnswerWithoutRights_orAnErrorThatIsRecorded() {
    ScalableBench scene = devices().withFirstStage();
    assertThat(ask(scene, ASK)).isEqualTo(TranslationCompletion.withoutRights());
    assertThat(recorded(scene.bench)).isEqualTo(-1);
    scene = devices().withFirstStage();
    scene.change(scene.pasidAt(ScalableBench.PASID) + 56, 1, 0);
    assertThat(ask(scene, ASK).status()).isEqualTo(Status.ABORTED);
    assertThat(recorded(scene.bench)).isEqualTo(0x5a);
    scene = devices();
    scene.memory.writeLong(scene.contextAt(Bench.DEVICE), 0);
    assertThat(ask(scene, ASK).status()).isEqualTo(Status.UNSUPPORTED);
    assertThat(recorded(scene.bench)).isEqualTo(0x41);
    scene = mapped();
    scene.memory.refuseAtomics(0, -1);
    assertThat(ask(scene, ASK)).isEqualTo(TranslationCompletion.withoutRights());
    assertThat(recorded(scene.bench)).as("recorded all the same").isEqualTo(0x91);
  }

  @Test
  @Clause("VTD-181")
  void translationRequest_setsDirtyWhereItGivesTheRightToWrite() {
    ScalableBench scene = mapped();
    ask(scene, ASK.withoutWriting());
    assertThat(dirty(scene)).as("NW").isFalse();
    assertThat(ask(scene, ASK.withoutWriting()).write()).isFalse();
    assertThat(ask(scene, ASK).write()).isTrue();
    assertThat(dirty(scene)).isTrue();
    scene = mapped();
    scene.change(scene.firstAt(Bench.IOVA, 1), 0, FirstStageEntry.RW.mask());
    ask(scene, ASK);
    assertThat(dirty(scene)).as("no right to write").isFalse();
  }

  @Test
  @Clause("VTD-181")
  void translationRequest_ofASupervisor_writesWhereWpeLetsIt() {
    for (int wpe = 0; wpe <= 1; wpe++) {
      ScalableBench scene = mapped().with(PasidEntry.SRE, 1).with(PasidEntry.WPE, wpe);
      scene.change(scene.firstAt(Bench.IOVA, 1), 0, FirstStageEntry.RW.mask());
      assertThat(ask(scene, ASK.asPrivileged()).write()).as("WPE %d", wpe).isEqualTo(wpe == 0);
      assertThat(dirty(scene)).as("VTD-181: WPE %d", wpe).isEqualTo(wpe == 0);
    }
  }

  @Test
  @Clause("VTD-181")
  void translationRequest_setsDirtyInASecondStage_whereThatGivesTheRightToWrite() {
    for (long rights = 1; rights <= 3; rights += 2) {
      ScalableBench scene = devices().withSecondStage().with(PasidEntry.SSADE, 1);
      long leaf = scene.secondAt(Bench.IOVA, 1);
      scene.memory.writeLong(leaf, Bench.PAGE_A | rights);
      assertThat(ask(scene, ASK).write()).isEqualTo(rights == 3);
      assertThat(SecondStageEntry.D.isSet(scene.memory.readLong(leaf)))
          .as("VTD-181: rights %d", rights)
          .isEqualTo(rights == 3);
    }
  }

  @Test
  @Clause("VTD-181")
  void translationRequest_ofANestedSpace_setsDirtyWhereBothStagesGiveTheRightToWrite() {
    long guestPage = 0x30_0000_0000L;
    for (long rights = 1; rights <= 3; rights += 2) {
      ScalableBench scene = devices().withNested();
      scene.mapFirst(Bench.IOVA, guestPage, 1);
      scene.memory.writeLong(scene.secondAt(guestPage, 1), Bench.PAGE_A | rights);
      assertThat(ask(scene, ASK).write()).isEqualTo(rights == 3);
      assertThat(dirty(scene)).as("VTD-181: rights %d", rights).isEqualTo(rights == 3);
    }
  }

  @Test
  void translationRequest_thatIsHeld_keepsTranslationFromBeingReportedOn() {
    ScalableBench scene = mapped();
    int slot = scene.bench.unit.request(ASK);
    scene.bench.unit.hold(slot);
    scene.bench.unit.drain();
    scene.bench.command(GlobalCommand.TE, false);
    scene.bench.command(GlobalCommand.TE, true);
    assertThat(scene.bench.isSet(Register.GSTS, GlobalCommand.TE)).as("VTD-028").isFalse();
    scene.bench.unit.drain();
    assertThat(scene.bench.unit.completion(slot)).isNotNull();
    assertThat(scene.bench.isSet(Register.GSTS, GlobalCommand.TE)).as("VTD-028").isTrue();
  }

  private static boolean dirty(ScalableBench scene) {
    return FirstStageEntry.D.isSet(scene.memory.readLong(scene.firstAt(Bench.IOVA, 1)));
  }

  @Test
  @Clause("VTD-182")
  void interruptRange_isUntranslatedOnly() {
    ScalableBench scene = devices();
    BusRequest range = BusRequest.translationOf(Bench.DEVICE, new Iova(0xfee0_1000L));
    assertThat(ask(scene, range))
        .isEqualTo(
            new TranslationCompletion(
                Status.SUCCESS, 0xfee0_1000L, 12, false, true, false, true, false));
    assertThat(ask(scene, range.withoutWriting())).isEqualTo(TranslationCompletion.withoutRights());
  }

  @Test
  @Clause("VTD-184")
  void record_tellsTheAddressType() {
    ScalableBench scene = devices();
    scene.memory.writeLong(scene.contextAt(Bench.DEVICE), 0);
    ask(scene, ASK);
    assertThat(FaultRecording.AT.get(scene.bench.record(0))).isEqualTo(1);
    scene.bench.clearRecord(0);
    scene.access(TRANSLATED);
    assertThat(FaultRecording.AT.get(scene.bench.record(1))).isEqualTo(2);
  }

  @Test
  void deviceTlb_whileTranslationIsOff_isRefusedWithoutARecord() {
    ScalableBench scene = mapped();
    scene.bench.command(GlobalCommand.TE, false);
    assertThat(ask(scene, ASK).status()).isEqualTo(Status.UNSUPPORTED);
    assertThat(scene.access(TRANSLATED)).isEqualTo(AccessOutcome.blocked());
    assertThat(recorded(scene.bench)).isEqualTo(-1);
  }
}
