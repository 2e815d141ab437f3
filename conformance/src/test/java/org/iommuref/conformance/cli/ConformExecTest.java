package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.iommuref.conformance.process.Adapters;
import org.iommuref.conformance.process.NeedsPython;
import org.iommuref.conformance.report.ReportSchemas;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conform} and {@code replay} on a command. */
@NeedsPython
class ConformExecTest {

  private final Path folder;

  ConformExecTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void exampleAdapter_conforms_alsoWhenEveryMessageIsValidated() {
    CommandRun run = conform("--target", "exec:" + Adapters.example(), "--validate");
    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(report().at("/settings/validate").asBoolean()).isTrue();
  }

  @Test
  void noHello_isOneLine_andTheOthersAreJudged() {
    CommandRun run =
        conform(
            "--target", "ideal",
            "--target", "exec:" + Adapters.misbehaving("ends"),
            "--target", "vtd");
    assertThat(run.exitCode()).isEqualTo(70);
    assertThat(run.err()).startsWith("iommuref: no hello from ");
    assertThat(run.err().lines()).hasSize(1);
    assertThat(run.out()).contains("ideal: conformant", "vtd: conformant");
    JsonNode targets = report().path("targets");
    assertThat(targets).hasSize(3);
    assertThat(targets.at("/0/exit").asInt()).isZero();
    assertThat(targets.at("/1/problem").asText()).contains("no licence found");
    assertThat(targets.at("/2/exit").asInt()).isZero();
  }

  @Test
  void childThatDiesOnce_costsOneClause_andTheRestIsJudged() {
    Path marker = folder.resolve("died");
    CommandRun run = conform("--target", "exec:" + Adapters.misbehaving("die-once", marker));
    assertThat(run.exitCode()).isEqualTo(1);
    JsonNode counts = report().at("/targets/0/counts");
    assertThat(counts.path("fail").asInt()).isEqualTo(1);
    assertThat(counts.path("pass").asInt()).isGreaterThan(3);
    assertThat(report().at("/targets/0/failures/0/seen").asText()).startsWith("crash: ");
    assertThat(run.out()).contains("not minimal", "allowed: a reply");
  }

  @Test
  void malformedReplies_areSeenByValidationAndReplayedWithIt() {
    String target = "exec:" + Adapters.misbehaving("unknown-errno");
    CommandRun run = conform("--target", target, "--validate");
    assertThat(run.exitCode()).as(run.out()).isEqualTo(1);
    JsonNode failure = report().at("/targets/0/failures/0");
    assertThat(failure.path("validate").asBoolean()).isTrue();
    CommandRun replay =
        CommandRun.of(
            "replay", folder.resolve("report").resolve(failure.path("replay").asText()).toString());
    assertThat(replay.exitCode()).isEqualTo(1);
    assertThat(replay.out()).contains("reproduced: " + failure.path("clause").asText());
  }

  @Test
  void brokenTranslation_failsAndIsReplayed() {
    CommandRun run = conform("--target", "exec:" + Adapters.misbehaving("no-sync"));
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.out()).containsPattern("INV-001 .* FAIL");
    CommandRun replay =
        CommandRun.of("replay", folder.resolve("report/failures/INV-001.json").toString());
    assertThat(replay.exitCode()).isEqualTo(1);
    assertThat(replay.out())
        .contains("reproduced: INV-001 fails again, with the same answers", "NOT ALLOWED");
  }

  private JsonNode report() {
    return ReportSchemas.fitting("report", folder.resolve("report/report.json"));
  }

  private CommandRun conform(String... arguments) {
    return CommandRun.of(
        Stream.concat(
                Stream.of(
                    "conform",
                    "--report",
                    folder.resolve("report").toString(),
                    "--clause",
                    "INV-00*",
                    "--cases",
                    "20"),
                Stream.of(arguments))
            .toArray(String[]::new));
  }
}
