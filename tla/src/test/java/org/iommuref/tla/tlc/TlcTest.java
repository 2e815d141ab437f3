package org.iommuref.tla.tlc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlcTest {

  @Test
  void requireJava_whereThereIsNone_namesThePlace(@TempDir Path empty) {
    Path java = empty.resolve("bin").resolve("java");

    assertThatThrownBy(() -> Tlc.requireJava(java))
        .isInstanceOf(TlaException.class)
        .hasMessage("TLC wants a JVM of its own, and there is no " + java);
  }

  @Test
  void run_javaThatCannotBeStarted_isOneLine(@TempDir Path folder) throws IOException {
    Path java = Files.writeString(folder.resolve("java"), "no program");

    try (ScratchFolder scratch = ScratchFolder.create()) {
      assertThatThrownBy(() -> new Tlc(java, "").run(run(folder, 64), scratch))
          .isInstanceOf(TlaException.class)
          .message()
          .startsWith("cannot start " + java + ": ")
          .doesNotContain("\n");
    }
  }

  @Test
  void run_jvmThatDoesNotComeUp_isBrokenWithItsReason(@TempDir Path folder) {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      TlcResult result = Tlc.find().run(run(folder, 1), scratch);

      assertThat(result.outcome()).isEqualTo(TlcOutcome.BROKEN);
      assertThat(result.problems()).hasSize(1);
    }
  }

  @Test
  void run_interruptedThread_endsWithOneLine(@TempDir Path folder) {
    try (ScratchFolder scratch = ScratchFolder.create()) {
      Thread.currentThread().interrupt();

      assertThatThrownBy(() -> Tlc.find().run(run(folder, 64), scratch))
          .isInstanceOf(TlaException.class)
          .hasMessage("interrupted while TLC ran M.cfg");
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void close_scratchFolderWithContents_leavesNothing() throws IOException {
    ScratchFolder scratch = ScratchFolder.create();
    Files.writeString(scratch.folder("a").resolve("b"), "c");

    scratch.close();

    assertThat(scratch.path()).doesNotExist();
  }

  private static TlcRun run(Path folder, int heapMegabytes) {
    return new TlcRun(
        folder.resolve("M.tla"),
        folder.resolve("M.cfg"),
        List.of(),
        1,
        heapMegabytes,
        true,
        false,
        true);
  }
}
