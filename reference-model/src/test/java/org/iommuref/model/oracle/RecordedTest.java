package org.iommuref.model.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.iommuref.spec.spi.Topology.FIRST;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.iommuref.model.ideal.IdealProvider;
import org.iommuref.spec.access.DeviceAccess;
import org.iommuref.spec.access.Iova;
import org.iommuref.spec.backend.AskingDevices.Answer;
import org.iommuref.spec.backend.DomainId;
import org.iommuref.spec.backend.HwInfo;
import org.iommuref.spec.backend.Prot;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.core.PageResponse;
import org.iommuref.spec.errno.Result.Done;
import org.iommuref.spec.memory.PhysAddr;
import org.iommuref.spec.operation.AllocatePaging;
import org.iommuref.spec.operation.AnswerPages;
import org.iommuref.spec.operation.AskForPage;
import org.iommuref.spec.operation.Attach;
import org.iommuref.spec.operation.DirtyRanges;
import org.iommuref.spec.operation.ExpectPages;
import org.iommuref.spec.operation.HeardPageRequests;
import org.iommuref.spec.operation.HeardPageRequests.Heard;
import org.iommuref.spec.operation.MapPages;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.PageAnswers;
import org.iommuref.spec.operation.Probe;
import org.iommuref.spec.operation.ReadDirty;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.SetDirtyTracking;
import org.iommuref.spec.operation.Sync;
import org.iommuref.spec.operation.SyncMap;
import org.iommuref.spec.operation.TakePageAnswers;
import org.iommuref.spec.operation.TakePageRequests;
import org.iommuref.spec.spi.Topology;
import org.iommuref.spec.unit.PageRequestMessage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What may be told of written pages and of page requests, and when. DIRTY-035, PRQ-001. */
class RecordedTest {

  private static final DomainId ONE = new DomainId(1);
  private static final DomainId TWO = new DomainId(2);
  private static final long IOVA = 0x40_0000;
  private static final long PAGE = 0x1000;
  private static final long A = 0x100_0000;

  private final Oracle oracle = Oracle.ofBackend(claims(), Topology.oneDevice());

  private static HwInfo claims() {
    HwInfo ideal = new IdealProvider().hwInfo();
    Set<Capability> unit = EnumSet.copyOf(ideal.unit());
    unit.add(Capability.DIRTY_TRACKING);
    Set<Capability> stimulus = EnumSet.copyOf(ideal.stimulus());
    stimulus.add(Capability.PAGE_REQUESTS);
    return new HwInfo(
        "neutral", ideal.pageSizes(), ideal.addressBits(), ideal.maxPasids(), unit, stimulus);
  }

  @BeforeEach
  void attach() {
    done(new Probe(FIRST));
    for (DomainId domain : List.of(ONE, TWO)) {
      done(new AllocatePaging(domain, FIRST, false, true));
    }
    MapPages map = new MapPages(ONE, new Iova(IOVA), new PhysAddr(A), PAGE, 2, Prot.READ_WRITE);
    assertThat(judge(map, Reply.ok(2 * PAGE)).allowed()).isTrue();
    done(new SyncMap(ONE, new Iova(IOVA), 2 * PAGE));
    done(new Attach(FIRST, ONE, null));
    done(new SetDirtyTracking(ONE, true));
    done(new ExpectPages(ONE));
  }

  private Judgement judge(Operation<?> operation, Reply<?> reply) {
    assertThat(oracle.wellFormed(operation)).as(operation.toString()).isTrue();
    return oracle.judge(operation, reply);
  }

  private void done(Operation<?> operation) {
    assertThat(judge(operation, Reply.ok(Done.DONE)).allowed()).as(operation.toString()).isTrue();
  }

  private static void assertAllowed(Judgement judgement) {
    assertThat(judgement.allowed()).as("%s", judgement).isTrue();
  }

  private static void assertRefused(Judgement judgement, ClauseId clause) {
    assertThat(judgement.allowed()).as("%s: %s", clause, judgement).isFalse();
    assertThat(judgement.clause()).as("clause of %s", judgement).isEqualTo(clause);
  }

  private void writes(long iova) {
    DeviceAccess access = DeviceAccess.write(FIRST, new Iova(iova), 7);
    Judgement judgement = oracle.judge(access, new Landing.At(new PhysAddr(A + iova - IOVA)));
    assertAllowed(judgement);
  }

  private Judgement told(long... pages) {
    List<DirtyRanges.Range> ranges =
        Arrays.stream(pages).mapToObj(page -> new DirtyRanges.Range(new Iova(page), PAGE)).toList();
    ReadDirty query = new ReadDirty(ONE, new Iova(IOVA), 2 * PAGE, true, 1);
    return judge(query, Reply.ok(new DirtyRanges(ranges)));
  }

  @Test
  void query_withoutAWrittenPage_isRefused() {
    writes(IOVA);
    assertRefused(told(), Clauses.DIRTY_035);
  }

  @Test
  void query_withAPageThatNobodyReached_isRefused() {
    writes(IOVA);
    assertRefused(told(IOVA, IOVA + PAGE), Clauses.DIRTY_036);
  }

  @Test
  void query_withAPageThatWasRead_isAllowed() {
    oracle.judge(DeviceAccess.read(FIRST, new Iova(IOVA)), new Landing.At(new PhysAddr(A)));
    assertAllowed(told(IOVA)); // a translation may have been given for writes
  }

  @Test
  void query_afterAWriteBeforeTheSync_mayLeaveItOut() {
    writes(IOVA);
    told(IOVA);
    writes(IOVA);
    assertAllowed(told());
  }

  @Test
  void query_afterAWriteBehindTheSync_mustTellIt() {
    writes(IOVA);
    told(IOVA);
    done(new Sync(ONE, 1));
    writes(IOVA);
    assertRefused(told(), Clauses.DIRTY_035);
  }

  private static AskForPage ask(int group) {
    return new AskForPage(
        new PageRequestMessage(FIRST, null, false, false, true, false, true, group, IOVA));
  }

  private Judgement heard(int group, DomainId domain) {
    Heard one = new Heard(FIRST, null, group, true, new Iova(IOVA), domain);
    return judge(new TakePageRequests(), Reply.ok(new HeardPageRequests(List.of(one))));
  }

  @Test
  void request_thatIsHeardForTheNextDomain_isRefused() {
    done(ask(1));
    done(new Attach(FIRST, TWO, ONE));
    assertRefused(heard(1, TWO), Clauses.PRQ_004);
  }

  @Test
  void request_thatIsNotHeard_isMissed() {
    done(ask(1));
    Reply<HeardPageRequests> nothing = Reply.ok(new HeardPageRequests(List.of()));
    assertRefused(judge(new TakePageRequests(), nothing), Clauses.PRQ_001);
  }

  @Test
  void answer_beforeThereIsOne_isRefused() {
    done(ask(1));
    Answer early = new Answer(null, 1, PageResponse.SUCCESS);
    Reply<PageAnswers> reply = Reply.ok(new PageAnswers(List.of(early)));
    assertRefused(judge(new TakePageAnswers(FIRST), reply), Clauses.PRQ_006);
  }

  @Test
  void answer_withTheCodeThatWasGiven_isAllowedOnce() {
    done(ask(1));
    assertAllowed(heard(1, ONE));
    done(new AnswerPages(FIRST, null, 1, PageResponse.FAILURE));
    Answer answer = new Answer(null, 1, PageResponse.FAILURE);
    Reply<PageAnswers> reply = Reply.ok(new PageAnswers(List.of(answer)));
    assertAllowed(judge(new TakePageAnswers(FIRST), reply));
    assertRefused(judge(new TakePageAnswers(FIRST), reply), Clauses.PRQ_006);
  }
}
