package org.iommuref.conformance.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.report.Report;
import org.iommuref.conformance.report.Verdict;
import org.iommuref.conformance.target.Session;
import org.iommuref.conformance.target.SessionConfig;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.spi.Topology;
import org.junit.jupiter.api.Test;

/** What a target is told of the sessions that it will be asked for, and how many there are. */
class ExpectedSessionsTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Targets TARGETS = Targets.onClassPath();

  /** A target that notes what it was told and asked for. */
  private record Noting(
      Target target, boolean leavesToChance, List<List<Topology>> told, List<Topology> opened)
      implements FrontedTarget {

    static Noting of(Target target, boolean leavesToChance) {
      return new Noting(target, leavesToChance, new ArrayList<>(), new ArrayList<>());
    }

    @Override
    public void expect(List<Topology> next) {
      told.add(next);
    }

    @Override
    public Session open(SessionConfig config) {
      opened.add(config.topology());
      return target.open(config);
    }
  }

  private static Report run(Target target, Selection selection) {
    return new SuiteRunner(CATALOGUE, Progress.NONE).run(target, selection, 1);
  }

  @Test
  void targetThatLeavesNothingToChance_isAskedEachCaseOnce() {
    Selection selection = Selection.all().of(List.of("MAP-*")).withSequences(0);
    try (Target ideal = TARGETS.named("ideal")) {
      Noting once = Noting.of(ideal, false);
      assertThat(run(once, selection).count(Verdict.FAIL)).isZero();
      Noting again = Noting.of(ideal, true);
      assertThat(run(again, selection).count(Verdict.FAIL)).isZero();
      assertThat(again.opened())
          .as("with another seed each time")
          .hasSize(once.opened().size() * selection.rounds());
    }
  }

  @Test
  void target_isToldOfEachSessionBeforeItIsOpened_andOfTheNextOnes() {
    try (Target ideal = TARGETS.named("ideal")) {
      Noting noting = Noting.of(ideal, false);
      run(noting, Selection.all().withSequences(20));
      List<Topology> opened = noting.opened();
      assertThat(noting.told()).hasSameSizeAs(opened);
      for (int i = 0; i < opened.size(); i++) {
        assertThat(noting.told().get(i))
            .as("session %d", i)
            .startsWith(opened.get(i))
            .hasSizeLessThanOrEqualTo(3);
      }
      List<List<Topology>> ahead = noting.told().stream().filter(next -> next.size() > 1).toList();
      assertThat(ahead).as("all but the last ones").hasSizeGreaterThan(opened.size() / 2);
    }
  }
}
