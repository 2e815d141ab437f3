package org.iommuref.conformance.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the report's folder when the disk fails at a bad moment. */
class ReportFolderTest {

  private static final RunReport EARLIER = Samples.run(Samples.judged("a", Verdict.FAIL));
  private static final RunReport LATER =
      Samples.run(Samples.judged("a", Verdict.FAIL), Samples.judged("b", Verdict.PASS));

  private final Path folder;

  ReportFolderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(strings = {"INV-001.json", "report.json", "junit.xml", "report.html", "run.json"})
  void diskThatIsFull_leavesEveryFileWhole(String file) throws IOException {
    write(EARLIER, Files::write);
    Map<String, String> before = contents();
    assertThatThrownBy(() -> write(LATER, fullAt(file)))
        .isInstanceOf(IOException.class)
        .hasMessage("No space left on device");
    Map<String, String> after = contents();
    assertThat(after.keySet()).as("no half of a file lies about").isEqualTo(before.keySet());
    assertThat(after.get(file)).isEqualTo(before.get(file));
    for (String name : List.of("report.json", "run.json")) {
      assertThat(after.get(name)).startsWith("{").endsWith("}\n");
    }
  }

  @Test
  void folderThatCannotBeMade_isToldWithItsName() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    ReportFolder inside =
        new ReportFolder(folder.resolve("file/report"), new ReportJson(Samples.CATALOGUE));
    assertThatThrownBy(() -> inside.write(EARLIER, runFile()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("file");
  }

  /** Writes half of the file, then fails as a full disk does. */
  private static ReportFolder.Disk fullAt(String name) {
    return (file, content) -> {
      boolean fails = file.getFileName().toString().startsWith(name);
      Files.write(file, fails ? java.util.Arrays.copyOf(content, content.length / 2) : content);
      if (fails) {
        throw new IOException("No space left on device");
      }
    };
  }

  private void write(RunReport run, ReportFolder.Disk disk) throws IOException {
    new ReportFolder(folder, new ReportJson(Samples.CATALOGUE), disk).write(run, runFile());
  }

  private RunFile runFile() {
    return new RunFile(List.of("conform"), folder, folder, Host.here(), Instant.EPOCH, List.of());
  }

  private Map<String, String> contents() throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    return contents;
  }
}
