package org.iommuref.conformance.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.iommuref.model.process.SimulatedProcesses;
import org.iommuref.spec.iommufd.FileId;
import org.iommuref.spec.iommufd.ProcessId;
import org.iommuref.spec.iommufd.call.Bytes;
import org.iommuref.spec.iommufd.call.FileCall;
import org.iommuref.spec.iommufd.call.UserCall;
import org.iommuref.spec.operation.Operation;
import org.iommuref.spec.wire.MessageCodec;
import org.iommuref.spec.wire.WireException;
import org.junit.jupiter.api.Test;

/** What a child is told of processes. */
class ProcessQuestionsTest {

  private static final long ADDRESS = 0x2000_0000L;
  private static final int PAGE = 4096;

  private final SimulatedProcesses processes = new SimulatedProcesses();
  private final ProcessId process = processes.start(0);
  private final ProcessQuestions questions = new ProcessQuestions(processes);

  private String ask(Operation<?> question) {
    return questions.answer(MessageCodec.request(3, question)).toString();
  }

  @Test
  void memory_isCopied_upToTheFault() {
    processes.mapAnonymous(process, ADDRESS, PAGE, true);
    assertThat(ask(new UserCall.CopyOut(process, ADDRESS + PAGE - 2, new Bytes("010203"))))
        .isEqualTo("{\"id\":3,\"err\":\"EFAULT\",\"partial\":2}");
    assertThat(ask(new UserCall.CopyIn(process, ADDRESS + PAGE - 2, 3)))
        .isEqualTo("{\"id\":3,\"err\":\"EFAULT\",\"partial\":\"0102\"}");
  }

  @Test
  void pages_arePinned_readWrittenAndCounted_byFrame() {
    processes.mapAnonymous(process, ADDRESS, 2 * PAGE, true);
    String pinned = ask(new UserCall.Pin(process, ADDRESS, 3, true));
    assertThat(pinned).startsWith("{\"id\":3,\"err\":\"EFAULT\",\"partial\":{\"frames\":[");
    long frame = processes.frameAt(process, ADDRESS).value();
    assertThat(ask(new UserCall.Pins(frame))).isEqualTo("{\"id\":3,\"ok\":1}");
    assertThat(ask(new UserCall.WriteFrame(frame, 8, new Bytes("aa")))).contains("\"ok\":{}");
    assertThat(ask(new UserCall.ReadFrame(frame, 7, 2))).contains("\"ok\":\"00aa\"");
    assertThat(ask(new UserCall.FrameAt(process, ADDRESS)))
        .isEqualTo("{\"id\":3,\"ok\":\"0x" + Long.toHexString(frame) + "\"}");
    assertThat(ask(new UserCall.Unpin(List.of(frame)))).contains("\"ok\":{}");
    assertThat(ask(new UserCall.Pins(frame))).isEqualTo("{\"id\":3,\"ok\":0}");
  }

  @Test
  void descriptors_areDescribed_andMade() {
    questions.during(processes.caller(process));
    int memory = processes.memoryFile(process, PAGE);
    assertThat(ask(new UserCall.Describe(memory))).contains("\"file\":0", "\"mappable\":true");
    assertThat(ask(new UserCall.Install(new FileId(7))))
        .isEqualTo("{\"id\":3,\"ok\":" + (memory + 1) + "}");
    assertThat(ask(new UserCall.Describe(memory + 1))).contains("\"file\":7");
    ask(new UserCall.Withdraw(memory + 1));
    assertThat(ask(new UserCall.Describe(memory + 1))).contains("\"err\":\"EBADF\"");
  }

  @Test
  void misuse_isSaid_andNothingElseHappens() {
    assertThat(ask(new UserCall.Unpin(List.of(77L)))).contains("\"unsupported\":\"user.unpin: ");
    assertThat(ask(new UserCall.Locate(process, ADDRESS, 1, true)))
        .contains("\"unsupported\":\"user.locate is for programs that are real");
    assertThatThrownBy(() -> ask(new FileCall.Close(new FileId(1))))
        .isInstanceOf(WireException.class)
        .hasMessage("a child may ask for user.* alone");
  }
}
