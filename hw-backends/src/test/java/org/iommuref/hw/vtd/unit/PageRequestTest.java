package org.iommuref.hw.vtd.unit;

import static org.assertj.core.api.Assertions.assertThat;

import org.iommuref.hw.event.WritePageRequest;
import org.iommuref.hw.vtd.layout.EventMessage;
import org.iommuref.hw.vtd.layout.ExtendedCapability;
import org.iommuref.hw.vtd.layout.FaultRecording;
import org.iommuref.hw.vtd.layout.FaultStatus;
import org.iommuref.hw.vtd.layout.GlobalCommand;
import org.iommuref.hw.vtd.layout.InvalidationDescriptor;
import org.iommuref.hw.vtd.layout.PageRequestRegisters;
import org.iommuref.hw.vtd.layout.PasidEntry;
import org.iommuref.hw.vtd.layout.Register;
import org.iommuref.hw.vtd.layout.RootTableAddress;
import org.iommuref.hw.vtd.layout.ScalableContextEntry;
import org.iommuref.spec.access.Pasid;
import org.iommuref.spec.clause.Clause;
import org.iommuref.spec.memory.Memory.Atom;
import org.iommuref.spec.unit.PageRequestMessage;
import org.iommuref.spec.unit.UnitMessage;
import org.iommuref.spec.unit.UnitMessage.PageGroupResponse;
import org.junit.jupiter.api.Test;

class PageRequestTest extends ScalableDirectedTest {

  private static final Pasid PASID = new Pasid(ScalableBench.PASID);
  private static final long QUEUE = 0xa000_0000L;
  private static final PageRequestMessage LAST = request(true, true);

  private static PageRequestMessage request(boolean read, boolean last) {
    return new PageRequestMessage(
        Bench.DEVICE, PASID, false, false, read, true, last, 0x155, Bench.IOVA);
  }

  private static PageGroupResponse response(int code) {
    return new PageGroupResponse(Bench.DEVICE, PASID, 0x155, code);
  }

  private static VtdConfiguration withPages() {
    return VtdConfiguration.scalable()
        .withExtendedCapability(ExtendedCapability.DT, 1)
        .withExtendedCapability(ExtendedCapability.PRS, 1)
        .withExtendedCapability(ExtendedCapability.PDS, 1);
  }

  private ScalableBench pages() {
    ScalableBench scene = scalable(withPages()).withFirstStage();
    long bits = ScalableContextEntry.DTE.mask() | ScalableContextEntry.PRE.mask();
    scene.change(scene.contextAt(Bench.DEVICE), bits, 0);
    scene.bench.write(Register.PQA, QUEUE);
    return scene;
  }

  private static void ask(ScalableBench scene, PageRequestMessage request) {
    scene.bench.unit.pageRequest(request);
    scene.bench.unit.drain();
  }

  @Test
  @Clause("VTD-185")
  void pageRequest_isWrittenAtTheTail() {
    ScalableBench scene = pages();
    ask(scene, LAST);
    Atom written = scene.memory.readAtom(QUEUE);
    assertThat(written)
        .isEqualTo(
            new Atom(
                0x101L | 0x0100L << 16 | (long) ScalableBench.PASID << 32,
                7 | 0x155 << 3 | Bench.IOVA));
    assertThat(scene.bench.read(Register.PQT)).isEqualTo(32);
    assertThat(scene.bench.isSet(Register.PRS, PageRequestRegisters.PPR)).isTrue();
    ask(
        scene,
        new PageRequestMessage(Bench.DEVICE, PASID, true, true, false, false, false, 0, 0x7000));
    assertThat(scene.memory.readAtom(QUEUE + 32))
        .isEqualTo(
            new Atom(0x101L | 0x0100L << 16 | (long) ScalableBench.PASID << 32 | 3L << 52, 0x7000));
    assertThat(scene.bench.unit.outbox()).isEmpty();
  }

  @Test
  @Clause("VTD-185")
  void pageRequest_whileNonePends_raisesTheEvent() {
    ScalableBench scene = pages();
    scene.bench.write(Register.PEADDR, 0xfee0_0000L);
    scene.bench.write(Register.PEDATA, 0x44);
    scene.bench.write(Register.PECTL, 0);
    ask(scene, request(true, false));
    ask(scene, request(true, false));
    assertThat(scene.bench.unit.outbox()).containsExactly(new UnitMessage.Msi(0xfee0_0000L, 0x44));
    assertThat(EventMessage.IP.isSet(scene.bench.read(Register.PECTL))).isFalse();
  }

  @Test
  @Clause("VTD-186")
  void pageRequest_withoutPre_is47AndAnsweredInvalid() {
    ScalableBench scene = pages();
    scene.change(scene.contextAt(Bench.DEVICE), 0, ScalableContextEntry.PRE.mask());
    ask(scene, LAST);
    assertThat(scene.bench.unit.outbox()).containsExactly(response(1));
    Atom record = scene.bench.record(0);
    assertThat(FaultRecording.FR.get(record)).isEqualTo(0x47);
    assertThat(FaultRecording.T1.isSet(record.high())).isFalse();
    assertThat(FaultRecording.T2.isSet(record.high())).isTrue();
    assertThat(scene.bench.read(Register.PQT)).isZero();
  }

  @Test
  @Clause("VTD-186")
  void pageRequest_whoseTablesAreWrong_isAnsweredInvalid() {
    ScalableBench scene = pages();
    scene.memory.writeLong(scene.pasidAt(ScalableBench.PASID), 0);
    ask(scene, request(true, false));
    assertThat(FaultRecording.FR.get(scene.bench.record(0))).isEqualTo(0x59);
    assertThat(scene.bench.unit.outbox()).as("not the last of its group").isEmpty();
    ask(scene, LAST);
    assertThat(scene.bench.unit.outbox()).containsExactly(response(1));
  }

  @Test
  @Clause("VTD-125")
  void pageRequest_refused_isRecordedWithWhetherItWantsToExecute() {
    for (boolean execute : new boolean[] {false, true}) {
      ScalableBench scene = pages();
      scene.memory.writeLong(scene.pasidAt(ScalableBench.PASID), 0);
      ask(
          scene,
          new PageRequestMessage(Bench.DEVICE, PASID, false, execute, true, false, true, 1, 0));
      assertThat(FaultRecording.EXE.isSet(scene.bench.record(0).high()))
          .as("VTD-125: EXE")
          .isEqualTo(execute);
    }
  }

  @Test
  @Clause("VTD-187")
  void pageRequest_inLegacyMode_is32() {
    Bench bench = new Bench(parts.with(withPages())).withDomain();
    bench.unit.pageRequest(LAST);
    bench.unit.drain();
    assertThat(FaultRecording.FR.get(bench.record(0))).isEqualTo(0x32);
    assertThat(bench.unit.outbox()).containsExactly(response(1));
  }

  @Test
  @Clause("VTD-188")
  void fullQueue_setsOverflow_andAnswersTheLastOfEachGroupWithSuccess() {
    ScalableBench scene = pages();
    for (int i = 0; i < 127; i++) {
      ask(scene, request(true, false));
    }
    assertThat(scene.bench.isSet(Register.PRS, PageRequestRegisters.PRO)).isFalse();
    ask(scene, request(true, false));
    assertThat(scene.bench.isSet(Register.PRS, PageRequestRegisters.PRO)).isTrue();
    assertThat(scene.bench.unit.outbox()).isEmpty();
    scene.bench.write(Register.PQH, 64);
    ask(scene, LAST);
    assertThat(scene.bench.unit.outbox()).as("while PRO is set").containsExactly(response(0));
    assertThat(scene.bench.read(Register.PQT)).isEqualTo(127 * 32);
    PageRequestMessage stop =
        new PageRequestMessage(Bench.DEVICE, PASID, false, false, false, false, true, 1, 0);
    ask(scene, stop);
    assertThat(scene.bench.unit.outbox()).as("a stop marker").isEmpty();
    scene.bench.write(Register.PRS, PageRequestRegisters.PRO.mask());
    ask(scene, LAST);
    assertThat(scene.bench.read(Register.PQT)).as("around the end").isZero();
  }

  @Test
  void descriptor_whereOthersWere_isWrittenWhole_andReported() {
    ScalableBench scene = pages();
    scene.memory.writeAtom(QUEUE + 16, new Atom(-1, -1));
    scene.bench.steps.events();
    ask(scene, LAST);
    assertThat(scene.memory.readAtom(QUEUE + 16)).as("VTD-185").isEqualTo(new Atom(0, 0));
    assertThat(scene.bench.steps.events()).contains(new WritePageRequest(0));
  }

  @Test
  @Clause("VTD-185")
  void maskedEvent_whoseConditionIsCleared_isNotSent() {
    ScalableBench scene = pages();
    ask(scene, LAST);
    assertThat(scene.bench.isSet(Register.PECTL, EventMessage.IP)).isTrue();
    scene.bench.write(Register.PRS, 0);
    assertThat(scene.bench.isSet(Register.PECTL, EventMessage.IP)).as("still set").isTrue();
    scene.bench.write(Register.PRS, PageRequestRegisters.PPR.mask());
    assertThat(scene.bench.isSet(Register.PECTL, EventMessage.IP)).as("VTD-185: IP").isFalse();
    scene.bench.write(Register.PECTL, 0);
    assertThat(scene.bench.unit.outbox()).isEmpty();
  }

  @Test
  @Clause("VTD-187")
  void pageRequest_whereNothingIsTranslated_isAnsweredInvalid() {
    ScalableBench off = pages();
    off.bench.command(GlobalCommand.TE, false);
    ask(off, LAST);
    ask(off, LAST);
    assertThat(off.bench.unit.outbox())
        .as("VTD-187: translation is off")
        .containsExactly(response(1), response(1));
    assertThat(off.bench.isSet(Register.FSTS, FaultStatus.PPF)).as("VTD-187: no record").isFalse();
    assertThat(off.bench.read(Register.PQT)).as("VTD-187: nothing queued").isZero();
    ScalableBench none = scalable().withFirstStage();
    ask(none, LAST);
    assertThat(none.bench.unit.outbox()).as("VTD-187: no PRS").containsExactly(response(1));
    ScalableBench abort = pages();
    abort.bench.setRootTable(
        RootTableAddress.TTM.put(abort.bench.rootTable, RootTableAddress.TTM_ABORT));
    ask(abort, LAST);
    assertThat(abort.bench.unit.outbox()).as("VTD-187: abort").containsExactly(response(1));
    assertThat(FaultRecording.FR.get(abort.bench.record(0))).isEqualTo(0x33);
  }

  @Test
  @Clause("VTD-188")
  void queueOfTwoPages_takesTwiceAsMany() {
    ScalableBench scene = pages();
    scene.bench.write(Register.PQA, QUEUE | 1);
    for (int i = 0; i < 255; i++) {
      ask(scene, request(true, false));
    }
    assertThat(scene.bench.isSet(Register.PRS, PageRequestRegisters.PRO))
        .as("VTD-188: 255 requests")
        .isFalse();
    assertThat(scene.bench.read(Register.PQT)).as("VTD-188: 255 requests").isEqualTo(255 * 32);
    ask(scene, request(true, false));
    assertThat(scene.bench.isSet(Register.PRS, PageRequestRegisters.PRO)).as("VTD-188").isTrue();
  }

  @Test
  @Clause("VTD-189")
  void pageRequest_takesTheTranslationOfItsPage() {
    ScalableBench scene = pages();
    scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    scene.mapFirst(Bench.IOVA, Bench.PAGE_B, 1);
    ask(scene, LAST);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_B);
    scene = pages().withSecondStage();
    scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    scene.mapSecond(Bench.IOVA, Bench.PAGE_B, 1);
    ask(scene, LAST);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_B);
  }

  @Test
  @Clause("VTD-189")
  void pageRequest_takesItsPage_orAllOfANestedSpace() {
    long other = Bench.IOVA + 0x1000;
    for (boolean nested : new boolean[] {false, true}) {
      ScalableBench scene = nested ? pages().withNested() : pages().withSecondStage();
      mapped(scene, other, Bench.PAGE_A, nested);
      assertThat(scene.access(ScalableBench.read(other))).isEqualTo(OF_A);
      mapped(scene, other, Bench.PAGE_B, nested);
      ask(scene, LAST);
      assertThat(scene.access(ScalableBench.read(other)))
          .as("VTD-189: another page, nested: %s", nested)
          .isEqualTo(nested ? OF_B : OF_A);
    }
  }

  @Test
  @Clause("VTD-189")
  void pageRequest_ofANestedSpace_takesPointersOfItsSecondStageToo() {
    long guestPage = 0x30_0000_0000L;
    ScalableBench scene = pages().withNested();
    scene.mapFirst(Bench.IOVA, guestPage, 1);
    scene.mapSecond(guestPage, Bench.PAGE_A, 1);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA))).isEqualTo(OF_A);
    scene.memory.writeLong(scene.secondAt(guestPage, 2), 0);
    scene.mapSecond(guestPage, Bench.PAGE_B, 1);
    ask(scene, LAST);
    assertThat(scene.access(ScalableBench.read(Bench.IOVA)))
        .as("VTD-189: a table of the second stage was exchanged")
        .isEqualTo(OF_B);
  }

  private static void mapped(ScalableBench scene, long address, long page, boolean nested) {
    if (nested) {
      scene.mapFirst(address, page, 1);
    } else {
      scene.mapSecond(address, page, 1);
    }
  }

  /** Whether a walk that has begun starts anew when a page request of this address comes. */
  private static boolean forgets(ScalableBench scene, int moves, long address) {
    return forgets(scene, moves, address, PASID);
  }

  private static boolean forgets(ScalableBench scene, int moves, long address, Pasid pasid) {
    int slot = scene.bench.unit.request(ScalableBench.read(Bench.IOVA));
    for (int i = 0; i < moves; i++) {
      scene.bench.unit.advance(slot);
    }
    DmaRequest.Stage before = scene.bench.unit.stageOf(slot);
    assertThat(before).isBetween(DmaRequest.Stage.FIRST_STAGE, DmaRequest.Stage.TRANSLATED);
    scene.bench.unit.pageRequest(
        new PageRequestMessage(
            Bench.DEVICE, pasid, false, false, true, false, true, 0x155, address));
    int queue = scene.bench.unit.machines() - 2;
    while (scene.bench.unit.enabled(queue)) {
      scene.bench.unit.advance(queue);
    }
    assertThat(scene.bench.read(Register.PQT)).isEqualTo(32);
    return scene.bench.unit.stageOf(slot) == DmaRequest.Stage.TAKEN;
  }

  @Test
  @Clause("VTD-189")
  void pageRequest_makesWalksOfItsTablesStartAnew() {
    ScalableBench first = pages();
    first.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(forgets(first, 10, Bench.IOVA)).as("VTD-189, first stage").isTrue();
    ScalableBench second = pages().withSecondStage();
    second.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
    assertThat(forgets(second, 10, Bench.IOVA)).as("VTD-189, second stage").isTrue();
  }

  @Test
  @Clause("VTD-189")
  void pageRequest_leavesWalksOfOtherTablesAlone() {
    Pasid other = new Pasid(ScalableBench.PASID + 1);
    for (boolean ofFirstStage : new boolean[] {true, false}) {
      ScalableBench scene = ofFirstStage ? pages() : pages().withSecondStage();
      long[] entry = scene.entryOf(ScalableBench.PASID);
      PasidEntry.put(entry, PasidEntry.DID, Bench.DOMAIN + 1);
      scene.pasid(other.value(), entry);
      if (ofFirstStage) {
        scene.mapFirst(Bench.IOVA, Bench.PAGE_A, 1);
      } else {
        scene.mapSecond(Bench.IOVA, Bench.PAGE_A, 1);
      }
      assertThat(forgets(scene, 10, Bench.IOVA, other))
          .as("VTD-189, first stage: %s", ofFirstStage)
          .isFalse();
    }
  }

  @Test
  @Clause("VTD-190")
  void waitWithPd_completesAfterEarlierPageRequests() {
    ScalableBench scene = pages().withQueue();
    long status = 0x9000_0000L;
    Atom wait = InvalidationDescriptor.waitWritingStatus(status, 1);
    scene.bench.unit.pageRequest(LAST);
    scene.bench.unit.pageRequest(LAST);
    scene.enqueue(new Atom(wait.low() | InvalidationDescriptor.PD.mask(), wait.high()));
    int queue = scene.bench.queueMachine();
    int requests = queue - 1;
    while (scene.bench.unit.enabled(requests)) {
      while (scene.bench.unit.enabled(queue)) {
        scene.bench.unit.advance(queue);
      }
      assertThat(scene.memory.readInt(status)).as("VTD-190: a request is left").isZero();
      scene.bench.unit.advance(requests);
    }
    assertThat(scene.bench.read(Register.PQT)).isEqualTo(64);
    scene.bench.unit.drain();
    assertThat(scene.memory.readInt(status)).isEqualTo(1);
  }
}
