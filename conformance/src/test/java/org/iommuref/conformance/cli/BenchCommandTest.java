package org.iommuref.conformance.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class BenchCommandTest {

  @Test
  void bench_ofParts_printsFiguresBesideWhatIsRequired() {
    CommandRun run =
        CommandRun.of("bench", "oracle", "explore", "fuzz", "--rounds", "1", "--ioctls", "5000");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("^\\d+ processors, .* 1?\\d")
        .containsPattern("executed and judged +[\\d,]+ +[\\d,]+ +[\\d,]+  200,000 required\n")
        .containsPattern("executed alone +[\\d,]+ +[\\d,]+ +[\\d,]+\n")
        .containsPattern("explore: 2,000 schedules of 5\\d steps; rounds: 1\n")
        .containsPattern("random +[\\d,]+ +[\\d,]+ +[\\d,]+  1,000 of 50 steps required\n")
        .containsPattern("fuzz: 5,\\d+ ioctls in \\d+ programs over mock, seed 1\n")
        .containsPattern("behind the first fifth +[\\d,]+ +[\\d,]+  100,000 required\n")
        .containsPattern("sensible +[\\d,]+ +[\\d.]+%  50 % required\n")
        .contains("  no exception, no leak, no broken rule\n");
  }

  @Test
  void bench_unknownKind_saysWhatThereIs() {
    CommandRun run = CommandRun.of("bench", "speed");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .isEqualTo("iommuref: no benchmark 'speed'; there is oracle, explore, translate, fuzz\n");
    assertThat(CommandRun.of("bench", "--rounds", "0").err())
        .isEqualTo("iommuref: --rounds wants a number from 1 on, not 0\n");
    assertThat(CommandRun.of("bench", "fuzz", "--ioctls", "0").err())
        .isEqualTo("iommuref: --ioctls wants a number from 1 on, not 0\n");
    assertThat(CommandRun.of("bench", "translate", "--unit", "none").err())
        .isEqualTo("iommuref: no unit 'none' to translate; there is vtd\n");
    assertThat(CommandRun.of("bench", "fuzz", "--target", "none").err())
        .isEqualTo("iommuref: no target 'none' of seam 3 to fuzz\n");
  }

  @Test
  void spread_ofMeasurements_hasTheMiddleAndBothEnds() {
    assertThat(Spread.of(List.of(3, 1, 2), i -> i)).isEqualTo(new Spread(1, 2, 3));
    assertThat(Spread.of(List.of(4, 1, 2, 9), i -> i)).isEqualTo(new Spread(1, 3, 9));
  }
}
