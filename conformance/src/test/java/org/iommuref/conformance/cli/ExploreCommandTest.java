package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExploreCommandTest {

  private static final Pattern REPLAY = Pattern.compile("--replay (\\S+)\n");

  @Test
  void explore_driver_isZeroAndListsWhatWasSeen() {
    CommandRun run = CommandRun.of("explore", "neighbouring-maps", "--bound", "1");

    assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
    assertThat(run.out())
        .contains("target vtd\n")
        .contains("all schedules with at most 1 preemption and at most 0 choices not plain: ")
        .contains(" schedules, complete\n")
        .containsPattern("allowed +\\d+ +one=first, two=second +both are mapped")
        .endsWith("nothing forbidden was seen\n");
  }

  @Test
  void explore_mutant_isOneAndItsFirstScheduleIsDrawnAndReplays() {
    String target = "mutant:vtd-link-without-compare";
    CommandRun run = CommandRun.of("explore", "neighbouring-maps", "--target", target);

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out())
        .containsPattern("FORBIDDEN +\\d+ +one=blocked, two=second +MAP-001 +the first CPU's")
        .containsPattern("\n +cpu 1 +cpu 2\n")
        .containsPattern("\n +\\d+ +LinkTable 0x0 0x\\w+ level 4 = true\n")
        .endsWith("a forbidden outcome was seen\n");
    Matcher schedule = REPLAY.matcher(run.out());
    assertThat(schedule.find()).isTrue();
    CommandRun again =
        CommandRun.of(
            "explore", "neighbouring-maps", "--target", target, "--replay", schedule.group(1));
    assertThat(again.exitCode()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(again.out()).endsWith("FORBIDDEN\n").contains("LinkTable");
  }

  @Test
  void explore_withoutAScenario_runsEachOfTheSeamAndItsMutants() {
    CommandRun run = CommandRun.of("explore", "--seam", "3", "--mutants", "--bound", "1");

    assertThat(run.exitCode()).as(run.out() + run.err()).isNotEqualTo(ExitCode.USAGE);
    assertThat(run.out())
        .containsPattern("\ntwo-destroys  mock  all schedules with at most 1 preemption and .*, ")
        .containsPattern(
            "\n  iommufd-r108-lookup-without-lock: found, OBJ-050, schedule [0-9:,]+\n")
        .doesNotContain("unmap-against-dma")
        .doesNotContain("FORBIDDEN");
  }

  @Test
  void explore_seam3_drawsTheRaceOfAMutant() {
    CommandRun run =
        CommandRun.of(
            "explore", "two-maps", "--target", "mutant:iommufd-r125-insert-without-iova-rwsem");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out())
        .containsPattern("\n +\\d+ +InsertArea 0x1001000 0x1002fff\n")
        .contains("IOAS-134: area 0x")
        .endsWith("a forbidden outcome was seen\n");
  }

  @Test
  void explore_tooFewSchedules_isTwo() {
    CommandRun run =
        CommandRun.of("explore", "unmap-against-dma", "--scheduler", "random", "--bound", "1");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.UNVERIFIED);
    assertThat(run.out())
        .contains("random schedules of seed 1: stopped after 1 schedule\n")
        .containsPattern("unseen +0 +.* required\n");
  }

  @Test
  void explore_byPriorities_printsTheProbabilityItClaims() {
    CommandRun run =
        CommandRun.of(
            "explore", NAME, "--scheduler", "pct", "--bound", "50", "--depth", "2", "--seed", "5");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.CONFORMANT);
    assertThat(run.out())
        .containsPattern(
            "of seed 5, of which the last \\d+ each find a defect of depth 2 with a probability of"
                + " at least 1/\\(\\d+ \\* \\d+\\^1\\) = .*: stopped after 50 schedules\n");
  }

  @Test
  void explore_storesUnordered_isSaidInTheResultAndInTheReplay() {
    String target = "mutant:vtd-drop-write-barrier";
    CommandRun run =
        CommandRun.of(
            "explore",
            "unmap-against-dma",
            "--target",
            target,
            "--stores",
            "unordered",
            "--bound",
            "1");

    assertThat(run.exitCode()).as(run.out() + run.err()).isEqualTo(ExitCode.NOT_CONFORMANT);
    assertThat(run.out())
        .contains("target " + target + ", stores unordered\n")
        .contains(" --target " + target + " --stores unordered --replay ");
    CommandRun whole =
        CommandRun.of("explore", "unmap-against-dma", "--stores", "total", "--bound", "0");
    assertThat(whole.exitCode()).as(whole.out() + whole.err()).isEqualTo(ExitCode.CONFORMANT);
    assertUsage("--stores wants sequential, total", "explore", NAME, "--stores", "weak");
    assertUsage("--stores goes with scenarios", "explore", "two-maps", "--stores", "total");
  }

  @Test
  void explore_badRequests_areOneLineEach() {
    assertUsage("unknown scenario 'unmap'; there is ", "explore", "unmap");
    assertUsage("unknown scheduler 'luck'; there is ", "explore", NAME, "--scheduler", "luck");
    assertUsage("--depth goes with --scheduler pct", "explore", NAME, "--depth", "2");
    assertUsage(
        "--depth goes with --scheduler pct, and is a number from 1 on",
        "explore",
        NAME,
        "--scheduler",
        "pct",
        "--depth",
        "0");
    assertUsage("--bound wants a number from 0 on, not -1", "explore", NAME, "--bound", "-1");
    assertUsage(
        "--scheduler exhaustive has no bound",
        "explore",
        NAME,
        "--scheduler",
        "exhaustive",
        "--bound",
        "1");
    assertUsage("--seed goes with random", "explore", NAME, "--bound", "1", "--seed", "1");
    assertUsage("unknown target 'x'; ", "explore", NAME, "--target", "x");
    assertUsage("unknown mutant 'x'; ", "explore", NAME, "--target", "mutant:x");
    assertUsage("not a schedule: \"x\"", "explore", NAME, "--replay", "x");
  }

  @Test
  void conform_mutantOfARace_isReferredToItsScenarios() {
    assertUsage(
        "mutant 'vtd-tag-after-entry' passes every sequence of calls; ./iommuref explain",
        "conform",
        "--target",
        "mutant:vtd-tag-after-entry");
  }

  private static final String NAME = "neighbouring-maps";

  private static void assertUsage(String message, String... arguments) {
    CommandRun run = CommandRun.of(arguments);
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("iommuref: " + message);
    assertThat(run.err().lines()).hasSize(1);
  }
}
