package org.iommuref.conformance.target;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.iommuref.conformance.program.Machine;
import org.iommuref.conformance.program.NoAnswerException;
import org.iommuref.conformance.program.Program;
import org.iommuref.conformance.program.SystemCall;
import org.iommuref.spec.iommufd.Node;
import org.iommuref.spec.iommufd.program.Answer;
import org.iommuref.spec.iommufd.program.Expect;
import org.iommuref.spec.iommufd.program.ProgramCall;
import org.iommuref.spec.operation.Reply;
import org.iommuref.spec.operation.Reply.Loss;
import org.junit.jupiter.api.Test;

/** What becomes of a step for which a machine has no answer. */
class ProgramSessionTest {

  private static final ProgramCall OPEN =
      new ProgramCall.Open(ProgramCall.MAIN, Node.IOMMU, "iommu", Expect.SUCCESS);

  @Test
  void processThatIsKilledOrGone_isALoss() {
    assertThat(openOn("killed 9"))
        .isEqualTo(new Reply.Lost<>(Loss.CRASH, "the process main is killed 9"));
    assertThat(openOn("gone")).isEqualTo(new Reply.Lost<>(Loss.CRASH, "the process main is gone"));
  }

  @Test
  void errnoThatNoCallHas_isALoss() {
    assertThat(openOn("-3999"))
        .isInstanceOfSatisfying(
            Reply.Lost.class, lost -> assertThat(lost.detail()).contains("errno 3999"));
  }

  @Test
  void whatAChildSaysInsteadOfAnAnswer_isTheReply() {
    Reply<Answer> refusal = new Reply.Unsupported<>("no files");
    Machine refusing =
        new Answering("0") {
          @Override
          String answer(SystemCall call) {
            if (call instanceof SystemCall.Open) {
              throw new NoAnswerException(refusal);
            }
            return "0";
          }
        };
    assertThat(new ProgramSession(refusing).execute(OPEN)).isSameAs(refusal);
  }

  private static Reply<Answer> openOn(String answer) {
    try (ProgramSession session = new ProgramSession(new Answering(answer))) {
      return session.execute(OPEN);
    }
  }

  /** A machine with one answer. */
  private static class Answering implements Machine {

    private final String answer;

    Answering(String answer) {
      this.answer = answer;
    }

    String answer(SystemCall call) {
      return answer;
    }

    @Override
    public Program start() {
      return new Program() {
        @Override
        public List<String> make(List<SystemCall> calls) {
          return calls.stream().map(Answering.this::answer).toList();
        }

        @Override
        public void close() {}
      };
    }

    @Override
    public void close() {}
  }
}
