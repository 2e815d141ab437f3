package org.iommuref.conformance.qemu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.ChildProcess;
import org.iommuref.conformance.process.ProcessOptions;
import org.iommuref.spec.operation.Reply.Loss;
import org.junit.jupiter.api.Test;

/** The qtest protocol against a small fake. */
class QtestTest {

  private static final int LINE_LIMIT = 1000;

  @Test
  void readLong_afterPostedWrites_yieldsTheLastOne_andPassesOverInterrupts() throws Exception {
    try (Qtest qtest = fake("memory", Adapters.LONG)) {
      for (int n = 0; n < 1200; n++) {
        qtest.writeLong(0x1000, n);
      }
      qtest.writeLong(0x1000, 0x8000_0000_0000_0001L);
      assertThat(qtest.readLong(0x1000)).isEqualTo(0x8000_0000_0000_0001L);
    }
  }

  @Test
  void readInt_above2GiB_isTheSame32Bits() throws Exception {
    try (Qtest qtest = fake("memory", Adapters.LONG)) {
      assertThat(qtest.readInt(0)).isEqualTo(0xfed9_0000);
    }
  }

  @Test
  void qemuThatDies_isACrash_withItsLastWords() throws Exception {
    try (Qtest qtest = fake("dies", Adapters.LONG)) {
      assertThatThrownBy(() -> qtest.readLong(0))
          .hasMessage("QEMU ended with code 134: fake.c:1: walk: Assertion `level <= 4' failed.")
          .isInstanceOfSatisfying(
              QemuLostException.class, e -> assertThat(e.loss()).isEqualTo(Loss.CRASH));
    }
  }

  @Test
  void qemuThatHangs_isATimeout() throws Exception {
    try (Qtest qtest = fake("hangs", Adapters.SHORT)) {
      assertThatThrownBy(() -> qtest.readLong(0))
          .hasMessage("QEMU does not answer readq 0x0")
          .isInstanceOfSatisfying(
              QemuLostException.class, e -> assertThat(e.loss()).isEqualTo(Loss.TIMEOUT));
    }
  }

  @Test
  void replyThatIsNoNumber_isMalformed() throws Exception {
    try (Qtest qtest = fake("babbles", Adapters.LONG)) {
      assertThatThrownBy(() -> qtest.readLong(8))
          .hasMessage("'readq 0x8' was answered 'nothing that is a number'")
          .isInstanceOfSatisfying(
              QemuLostException.class, e -> assertThat(e.loss()).isEqualTo(Loss.MALFORMED));
    }
  }

  @Test
  void postedWriteThatFails_isSeenAtTheNextRead() throws Exception {
    try (Qtest qtest = fake("refuses", Adapters.LONG)) {
      qtest.writeLong(0, 1);
      assertThatThrownBy(() -> qtest.readInt(0))
          .hasMessage("'a write' was answered 'FAIL no such address'")
          .isInstanceOfSatisfying(
              QemuLostException.class, e -> assertThat(e.loss()).isEqualTo(Loss.MALFORMED));
    }
  }

  private static Qtest fake(String mode, Duration deadline) throws IOException {
    List<String> command =
        List.of("sh", Path.of("src", "test", "resources", "qemu", "fake.sh").toString(), mode);
    Qtest qtest =
        new Qtest(
            ChildProcess.start(command, LINE_LIMIT),
            ProcessOptions.standard().withDeadlines(Adapters.LONG, deadline));
    qtest.awaitStart();
    return qtest;
  }
}
