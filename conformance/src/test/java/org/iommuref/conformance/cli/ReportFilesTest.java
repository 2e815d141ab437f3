package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.iommuref.conformance.report.ReportSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files that {@code conform} leaves. */
class ReportFilesTest {

  private static final String WRONG = "mutant:vtd-first-unit-only";

  private final Path folder;

  ReportFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void everyFile_fitsItsSchema() {
    CommandRun call = conform("a", "--target", "ideal", "--target", WRONG, "--target", WRONG);
    assertThat(call.exitCode()).isEqualTo(1);
    JsonNode report = ReportSchemas.fitting("report", folder.resolve("a/report.json"));
    assertThat(report.at("/targets/0/exit").asInt()).isZero();
    assertThat(report.at("/targets/1/failures/0/clause").asText()).isEqualTo("INV-004");
    ReportSchemas.fitting("run", folder.resolve("a/run.json"));
    for (int target : new int[] {1, 2}) {
      String replay = report.at("/targets/" + target + "/failures/0/replay").asText();
      JsonNode file = ReportSchemas.fitting("replay", folder.resolve("a").resolve(replay));
      assertThat(file).isEqualTo(withoutReplay(report.at("/targets/" + target + "/failures/0")));
    }
    assertThat(report.at("/targets/2/failures/0/replay").asText())
        .as("a second target with the same failing clause has a file of its own")
        .isEqualTo("failures/INV-004.3.json");
  }

  @Test
  void filesOfSeam3_fitTheirSchemas() {
    String mutant = "mutant:iommufd-writes-behind-structure";
    String report = folder.resolve("c").toString();
    CommandRun.of(
        "conform", "--seam", "3", "--target", mutant, "--clause", "UAPI-013", "--report", report);
    JsonNode json = ReportSchemas.fitting("report", folder.resolve("c/report.json"));
    assertThat(json.at("/targets/0/failures/0/clause").asText()).isEqualTo("UAPI-013");
    ReportSchemas.fitting("replay", folder.resolve("c/failures/UAPI-013.json"));
  }

  @Test
  void reportOfSeam1_fitsItsSchema() {
    String report = folder.resolve("c").toString();
    CommandRun.of("conform", "--seam", "1", "--clause", "VTD-034", "--report", report);
    JsonNode json = ReportSchemas.fitting("report", folder.resolve("c/report.json"));
    assertThat(json.at("/settings/seam").asInt()).isEqualTo(1);
  }

  @Test
  void reportSchema_refusesWhatDoesNotBelong() {
    conform("a", "--target", WRONG);
    JsonNode report = ReportSchemas.read(folder.resolve("a/report.json"));
    ObjectNode withTime = ((ObjectNode) report.deepCopy()).put("began", "today");
    assertThat(ReportSchemas.problems("report", withTime)).isNotEmpty();
    ObjectNode wrongStep = report.deepCopy();
    ((ObjectNode) wrongStep.at("/targets/0/failures/0/steps/0/request")).put("op", "explode");
    assertThat(ReportSchemas.problems("report", wrongStep)).isNotEmpty();
    ObjectNode wrongVerdict = report.deepCopy();
    ((ObjectNode) wrongVerdict.at("/targets/0/verdicts/0")).put("verdict", "perhaps");
    assertThat(ReportSchemas.problems("report", wrongVerdict)).isNotEmpty();
  }

  @Test
  void sameSeed_sameBytesOfEveryFileButRunJson() throws IOException {
    conform("a", "--target", "vtd", "--target", WRONG, "--seed", "7");
    conform("b", "--target", "vtd", "--target", WRONG, "--seed", "7");
    assertThat(contents("a")).isEqualTo(contents("b"));
    assertThat(contents("a")).containsKeys("report.json", "failures/INV-004.json");
  }

  @Test
  void reportJson_holdsNothingOfThisMachineAndMoment() throws IOException {
    conform("a", "--target", "ideal");
    String report = Files.readString(folder.resolve("a/report.json"));
    String run = Files.readString(folder.resolve("a/run.json"));
    for (String local :
        new String[] {
          folder.toString(), System.getProperty("java.version"), System.getProperty("os.version")
        }) {
      assertThat(run).contains(local);
      assertThat(report).doesNotContain(local);
    }
    String day = ReportSchemas.read(folder.resolve("a/run.json")).path("began").asText();
    assertThat(report).doesNotContain(day.substring(0, "2000-01-01".length()));
  }

  @Test
  void laterRun_removesReplayFilesOfTheEarlier_andNothingElse() throws IOException {
    conform("a", "--target", WRONG);
    Files.writeString(folder.resolve("a/failures/mine.json"), "{}");
    conform("a", "--target", "ideal");
    assertThat(folder.resolve("a/failures/INV-004.json")).doesNotExist();
    assertThat(folder.resolve("a/failures/mine.json")).exists();
  }

  private CommandRun conform(String report, String... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("conform", "--clause", "INV-00*", "--cases", "20"),
                Stream.concat(
                    Stream.of("--report", folder.resolve(report).toString()), Stream.of(arguments)))
            .toArray(String[]::new));
  }

  private static JsonNode withoutReplay(JsonNode failure) {
    ObjectNode copy = failure.deepCopy();
    copy.remove("replay");
    return copy;
  }

  private Map<String, String> contents(String report) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    Path root = folder.resolve(report);
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(root.relativize(file).toString(), Files.readString(file));
      }
    }
    contents.remove("run.json");
    return contents;
  }
}
