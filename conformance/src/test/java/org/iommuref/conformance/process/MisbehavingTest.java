package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Children with one thing wrong: what becomes of their replies, and of the next session. */
@NeedsPython
class MisbehavingTest {

  private static final SessionConfig ONE_DEVICE = Adapters.config(Topology.oneDevice());
  private static final ProcessOptions HASTY =
      ProcessOptions.standard().withDeadlines(Adapters.LONG, Adapters.SHORT);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "noise|not a JSON object: debug: mapping a page",
        "not-json|not a JSON object: {\"id\": 7, \"ok\": \"0x1000",
        "overlong|a line longer than 1048576 bytes: {\"id\": 7, \"ok\": \"0x1000\", \"pad\": \"xxx",
        "not-utf8|a line that is not UTF-8: {\"id\": 7, \"ok\": \"0x1000\", \"pad\": \"",
        "unknown-errno|map.err: expected one of \"EPERM\"",
        "callback|a request from a child whose ram is not \"runner\", in {\"id\": 1, \"op\":",
      })
  void nonsenseOnStdout_isMalformed_andQuoted(String mode, String detail) throws Exception {
    try (ProcessTarget target =
        ProcessTarget.start(Adapters.misbehaving(mode), Adapters.patient())) {
      Session session = target.open(ONE_DEVICE);
      List<Reply<?>> replies = session.executeAll(Walk.toMapped());
      assertThat(replies.subList(0, 4)).allMatch(reply -> reply instanceof Reply.Ok);
      assertLost(replies.get(4), Loss.MALFORMED, detail);
      assertThat(replies.get(5)).isEqualTo(replies.get(4));
      assertThat(session.execute(Walk.READ)).isEqualTo(replies.get(4));
    }
  }

  @Test
  void replyWithAnotherId_isMalformed() throws Exception {
    try (ProcessTarget target =
            ProcessTarget.start(Adapters.misbehaving("wrong-id"), Adapters.patient());
        Session session = target.open(ONE_DEVICE)) {
      assertLost(
          session.executeAll(Walk.whole()).get(6),
          Loss.MALFORMED,
          "id 10 where the reply to id 9 is due, in {\"id\": 10");
    }
  }

  @Test
  void secondReplyToARequest_isChargedToTheNext() throws Exception {
    try (ProcessTarget target =
            ProcessTarget.start(Adapters.misbehaving("extra-reply"), Adapters.patient());
        Session session = target.open(ONE_DEVICE)) {
      List<Reply<?>> replies = session.executeAll(Walk.toMapped());
      assertThat(replies.get(4)).isEqualTo(Reply.ok(Walk.PAGE_BYTES));
      assertLost(replies.get(5), Loss.MALFORMED, "id 7 where the reply to id 8 is due");
    }
  }

  @Test
  void valueThatTheOperationDoesNotYield_isMalformed_alsoBySchema() throws Exception {
    for (ProcessOptions options : List.of(Adapters.patient(), Adapters.patient().validating())) {
      try (ProcessTarget target =
              ProcessTarget.start(Adapters.misbehaving("wrong-value"), options);
          Session session = target.open(ONE_DEVICE)) {
        Reply<?> read = session.executeAll(Walk.whole()).get(6);
        assertLost(
            read,
            Loss.MALFORMED,
            options.validate() ? "does not fit its schema: $.ok: " : "access.ok: expected");
      }
    }
  }

  @Test
  void childThatDies_isACrash_withItsExitCodeAndLastWords() throws Exception {
    try (ProcessTarget target =
            ProcessTarget.start(Adapters.misbehaving("die"), Adapters.patient());
        Session session = target.open(ONE_DEVICE)) {
      Reply<?> unmap = session.executeAll(Walk.whole()).get(7);
      assertLost(unmap, Loss.CRASH, "ended with exit code 1 before its reply to unmap; its stderr");
      assertLost(unmap, Loss.CRASH, "RuntimeError: the table is broken");
    }
  }

  @Test
  void childThatDiesOnce_costsOneSession(@TempDir Path folder) throws Exception {
    Path marker = folder.resolve("died");
    String command = Adapters.misbehaving("die-once", marker);
    try (ProcessTarget target = ProcessTarget.start(command, Adapters.patient())) {
      List<Reply<?>> first = target.open(ONE_DEVICE).executeAll(Walk.whole());
      assertLost(first.get(7), Loss.CRASH, "before its reply to unmap");
      List<Reply<?>> second = target.open(ONE_DEVICE).executeAll(Walk.whole());
      assertThat(second).allMatch(reply -> reply instanceof Reply.Ok);
      assertThat(target.restarts()).isEqualTo(1);
    }
  }

  @Test
  void childThatDoesNotComeBack_losesAllFurtherSessionsAtOnce(@TempDir Path folder)
      throws Exception {
    String command = Adapters.misbehaving("die-at-start", folder.resolve("died"));
    try (ProcessTarget target = ProcessTarget.start(command, Adapters.patient())) {
      target.open(ONE_DEVICE).executeAll(Walk.whole());
      for (int session = 0; session < 2; session++) {
        assertLost(
            target.open(ONE_DEVICE).execute(Walk.PROBE),
            Loss.CRASH,
            "reset: started again, it says no hello: ended with exit code 3 before its reply to"
                + " hello; its stderr ends: no licence found");
      }
      assertThat(target.restarts()).isEqualTo(1);
    }
  }

  @Test
  void childThatDiesAgainAndAgain_isGivenUp() throws Exception {
    ProcessOptions options = Adapters.patient().withRestarts(2);
    try (ProcessTarget target = ProcessTarget.start(Adapters.misbehaving("die"), options)) {
      for (int session = 0; session < 3; session++) {
        Reply<?> unmap = target.open(ONE_DEVICE).executeAll(Walk.whole()).get(7);
        assertLost(unmap, Loss.CRASH, "before its reply to unmap");
      }
      assertLost(
          target.open(ONE_DEVICE).execute(Walk.PROBE),
          Loss.CRASH,
          "reset: given up after 2 restarts");
    }
  }

  @Test
  void childThatComesBackAsAnother_isLost(@TempDir Path folder) throws Exception {
    String command = Adapters.misbehaving("changed-hello", folder.resolve("died"));
    try (ProcessTarget target = ProcessTarget.start(command, Adapters.patient())) {
      target.open(ONE_DEVICE).executeAll(Walk.whole());
      assertLost(
          target.open(ONE_DEVICE).execute(Walk.PROBE),
          Loss.MALFORMED,
          "reset: started again, it says another hello");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hang", "unflushed-later"})
  void childThatDoesNotReply_isATimeout_andIsKilled(String mode) throws Exception {
    try (ProcessTarget target = ProcessTarget.start(Adapters.misbehaving(mode), HASTY)) {
      ProcessHandle child = onlyChild();
      List<Reply<?>> replies = target.open(ONE_DEVICE).executeAll(Walk.whole());
      assertLost(replies.get(9), Loss.TIMEOUT, "within 1000 ms");
      assertThat(child.onExit().get(30, TimeUnit.SECONDS)).isNotNull();
      assertThat(target.open(ONE_DEVICE).execute(Walk.PROBE)).isNotNull();
      assertThat(target.restarts()).isEqualTo(1);
    }
  }

  @Test
  void childThatDoesNotReadItsStdin_isATimeout() throws Exception {
    try (ProcessTarget target = ProcessTarget.start(Adapters.misbehaving("deaf"), HASTY)) {
      assertLost(target.open(ONE_DEVICE).execute(Walk.PROBE), Loss.TIMEOUT, "no reply to reset");
    }
  }

  @Test
  void hungChild_isKilledWithWhatItStarted() throws Exception {
    String command = "sh -c \"" + Adapters.misbehaving("hang") + "; true\"";
    try (ProcessTarget target = ProcessTarget.start(command, HASTY)) {
      List<ProcessHandle> tree = onlyChild().descendants().toList();
      assertThat(tree).isNotEmpty();
      target.open(ONE_DEVICE).executeAll(Walk.whole());
      for (ProcessHandle process : tree) {
        assertThat(process.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
      }
    }
  }

  @Test
  void childThatWritesMuchToStderr_isNotHeldUp() throws Exception {
    try (ProcessTarget target =
            ProcessTarget.start(Adapters.misbehaving("loud"), Adapters.patient());
        Session session = target.open(ONE_DEVICE)) {
      List<Operation<?>> many = new ArrayList<>(Walk.toMapped());
      many.addAll(Collections.nCopies(100, Walk.READ));
      assertThat(session.executeAll(many)).allMatch(reply -> reply instanceof Reply.Ok);
    }
  }

  @Test
  void childThatDiesAtAReset_losesThatSessionAlone() throws Exception {
    try (ProcessTarget target =
        ProcessTarget.start(Adapters.misbehaving("die-at-reset"), Adapters.patient())) {
      assertThat(target.open(ONE_DEVICE).execute(Walk.PROBE)).isInstanceOf(Reply.Ok.class);
      assertLost(target.open(ONE_DEVICE).execute(Walk.PROBE), Loss.CRASH, "reset: ended with");
      assertThat(target.open(ONE_DEVICE).execute(Walk.PROBE)).isInstanceOf(Reply.Ok.class);
    }
  }

  @Test
  void childThatRefusesEverything_isUnsupportedEverywhere() throws Exception {
    try (ProcessTarget target =
            ProcessTarget.start(Adapters.misbehaving("unsupported"), Adapters.patient());
        Session session = target.open(ONE_DEVICE)) {
      assertThat(session.executeAll(Walk.whole()))
          .allMatch(reply -> reply.equals(new Reply.Unsupported<>("nothing is")));
    }
  }

  @Test
  void childThatStaysAfterBye_isKilled() throws Exception {
    ProcessTarget target = ProcessTarget.start(Adapters.misbehaving("no-bye"), HASTY);
    ProcessHandle child = onlyChild();
    target.close();
    assertThat(child.onExit().get(30, TimeUnit.SECONDS).isAlive()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      value = {
        "mute|no reply to hello within 1000 ms",
        "unflushed|no reply to hello within 1000 ms",
        "ends|ended with exit code 3 before its reply to hello; its stderr ends: no licence found",
        "bad-hello|hello.ok: \"page_sizes\" is missing",
        "old-protocol|hello.ok: \"protocol\" must be 1",
      })
  void childWithoutAValidHello_isNoTarget(String mode, String problem) {
    ProcessOptions options = Adapters.patient();
    if (problem.contains("within")) {
      options = options.withDeadlines(Adapters.SHORT, Adapters.SHORT);
    }
    ProcessOptions chosen = options;
    assertThatThrownBy(() -> ProcessTarget.start(Adapters.misbehaving(mode), chosen))
        .isInstanceOf(NoHelloException.class)
        .hasMessageStartingWith("no hello from 'python3 ")
        .hasMessageContaining(problem);
    assertThat(ProcessHandle.current().children().filter(ProcessHandle::isAlive)).isEmpty();
  }

  @Test
  void programThatDoesNotExist_isNoTarget() {
    assertThatThrownBy(
            () -> ProcessTarget.start("no-such-program --fast", ProcessOptions.standard()))
        .isInstanceOf(NoHelloException.class)
        .hasMessageContaining("no-such-program");
  }

  private static ProcessHandle onlyChild() {
    List<ProcessHandle> children =
        ProcessHandle.current().children().filter(ProcessHandle::isAlive).toList();
    assertThat(children).hasSize(1);
    return children.get(0);
  }

  private static void assertLost(Reply<?> reply, Loss loss, String detail) {
    assertThat(reply).isInstanceOf(Reply.Lost.class);
    Reply.Lost<?> lost = (Reply.Lost<?>) reply;
    assertThat(lost.loss()).isEqualTo(loss);
    assertThat(lost.detail()).contains(detail);
  }
}
