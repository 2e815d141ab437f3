package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.iommuref.conformance.target.Session;
import org.iommuref.spec.access.AccessOutcome;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.errno.Errno;
import org.iommuref.spec.operation.CoreDetachDevice;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.TakeFaults;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The example adapters behind the process route. */
@NeedsPython
class ProcessTargetTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 64})
  void operations_sentInARow_areAnsweredInOrder_whateverTheWindow(int window) throws Exception {
    ProcessOptions options = Adapters.patient().validating().withWindow(window);
    try (ProcessTarget target = ProcessTarget.start(Adapters.example(), options);
        Session session = target.open(Adapters.config(Topology.oneDevice()))) {
      List<Reply<?>> replies = session.executeAll(Walk.whole());
      assertThat(replies).hasSize(Walk.whole().size()).allMatch(reply -> reply instanceof Reply.Ok);
      assertThat(replies.get(4)).isEqualTo(Reply.ok(Walk.PAGE_BYTES));
      assertThat(replies.get(6)).isEqualTo(Reply.ok(AccessOutcome.completed(Walk.TAG)));
      assertThat(replies.get(9)).isEqualTo(Reply.ok(AccessOutcome.blocked()));
    }
  }

  @Test
  void afterAnErr_laterRequestsStillRun() throws Exception {
    try (ProcessTarget target = ProcessTarget.start(Adapters.example(), Adapters.patient());
        Session session = target.open(Adapters.config(Topology.oneDevice()))) {
      List<Operation<?>> mapTwice = new ArrayList<>(Walk.toMapped());
      mapTwice.addAll(List.of(Walk.MAP, Walk.READ));
      List<Reply<?>> replies = session.executeAll(mapTwice);
      assertThat(replies.get(6)).isEqualTo(new Reply.Err<>(Errno.EADDRINUSE, 0L));
      assertThat(replies.get(7)).isEqualTo(Reply.ok(AccessOutcome.completed(Walk.TAG)));
    }
  }

  @Test
  void hello_becomesNameTitleAndClaims() throws Exception {
    String command = Adapters.example();
    try (ProcessTarget target = ProcessTarget.start(command, Adapters.patient())) {
      assertThat(target.name()).isEqualTo("exec:" + command);
      assertThat(target.title()).isEqualTo("python-example 1.0");
      assertThat(target.hwInfo().has(Capability.TRANSLATION_CACHE)).isTrue();
      assertThat(target.hwInfo().has(Capability.PASID)).isFalse();
      assertThat(target.hwInfo().pageSizes()).isEqualTo(0x201000);
      assertThat(target.dataMemory().base()).isEqualTo(0x1_0000_0000L);
    }
  }

  @Test
  void open_putsEverythingIntoTheStateAfterPowerOn_onTheSameChild() throws Exception {
    try (ProcessTarget target = ProcessTarget.start(Adapters.example(), Adapters.patient())) {
      Session first = target.open(Adapters.config(Topology.oneDevice()));
      assertThat(first.executeAll(Walk.toMapped())).allMatch(reply -> reply instanceof Reply.Ok);
      Session second = target.open(Adapters.config(Topology.oneDevice()));
      assertThat(second.execute(Walk.READ)).isEqualTo(Reply.ok(AccessOutcome.blocked()));
      assertThat(second.execute(Walk.SYNC_MAP)).isEqualTo(new Reply.Err<>(Errno.EINVAL, null));
      assertThat(target.restarts()).isZero();
      assertThatThrownBy(() -> first.execute(Walk.READ)).hasMessage("the session is over");
    }
  }

  @Test
  void topologyThatTheChildRefuses_isAnsweredByEveryOperation() throws Exception {
    try (ProcessTarget target = ProcessTarget.start(Adapters.example(), Adapters.patient());
        Session session = target.open(Adapters.config(Topology.twoUnits()))) {
      assertThat(session.execute(Walk.PROBE))
          .isEqualTo(new Reply.Unsupported<>("reset: there is one unit"));
    }
  }

  @Test
  void operationThatTheChildDoesNotHave_isUnsupported() throws Exception {
    try (ProcessTarget target = ProcessTarget.start(Adapters.example(), Adapters.patient());
        Session session = target.open(Adapters.config(Topology.oneDevice()))) {
      assertThat(session.execute(new CoreDetachDevice(Topology.FIRST, Walk.DOMAIN)))
          .isEqualTo(new Reply.Unsupported<>("no core.detach_device"));
    }
  }

  @Test
  void requestLongerThanTheChildTakes_isNotSent() throws Exception {
    Topology.Device device = Topology.oneDevice().devices().get(0);
    Topology vast = new Topology(Collections.nCopies(5000, device));
    try (ProcessTarget target = ProcessTarget.start(Adapters.example(), Adapters.patient())) {
      assertThat(target.open(Adapters.config(vast)).execute(Walk.PROBE))
          .isEqualTo(
              new Reply.Unsupported<>("reset: the request is longer than the child's line_limit"));
      assertThat(target.open(Adapters.config(Topology.oneDevice())).execute(new TakeFaults()))
          .isInstanceOf(Reply.Ok.class);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void memoryOfTheRunner_isReachedByBothEnds_andEmptyAfterAReset(boolean validate)
      throws Exception {
    ProcessOptions options = validate ? Adapters.patient().validating() : Adapters.patient();
    try (ProcessTarget target = ProcessTarget.start(Adapters.runnerRam(), options)) {
      Session first = target.open(Adapters.config(Topology.oneDevice()));
      List<Reply<?>> replies = first.executeAll(Walk.whole());
      assertThat(replies.get(6)).isEqualTo(Reply.ok(AccessOutcome.completed(Walk.TAG)));
      assertThat(replies.get(9)).isEqualTo(Reply.ok(AccessOutcome.blocked()));
      Session second = target.open(Adapters.config(Topology.oneDevice()));
      List<Operation<?>> withoutWrite = new ArrayList<>(Walk.whole());
      withoutWrite.remove(Walk.WRITE);
      assertThat(second.executeAll(withoutWrite).get(5))
          .isEqualTo(Reply.ok(AccessOutcome.completed(0)));
    }
  }
}
