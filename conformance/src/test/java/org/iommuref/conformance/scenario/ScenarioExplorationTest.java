package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.explore.Execution;
import org.iommuref.model.explore.Exploration;
import org.iommuref.model.explore.Explorer;
import org.iommuref.model.explore.ReplayedTwice;
import org.iommuref.model.explore.StoreOrder;
import org.iommuref.model.schedule.RandomScheduler;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.SteppedIommufdProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ScenarioExplorationTest {

  private static final Targets TARGETS = Targets.onClassPath();
  private static final List<ScenarioFile> SCENARIOS = new ScenarioLibrary(Catalogue.load()).all();
  private static final long SEED = 1;

  static Stream<ScenarioFile> scenarios() {
    return SCENARIOS.stream();
  }

  static Stream<Arguments> kills() {
    return SCENARIOS.stream()
        .flatMap(scenario -> scenario.kills().stream().map(m -> Arguments.of(scenario, m)));
  }

  @ParameterizedTest
  @MethodSource("scenarios")
  void run_itsOwnTarget_comesToAllThatItMustAndNothingElse(ScenarioFile scenario) {
    ScenarioReport report = explore(scenario, scenario.target()).run(own(scenario));
    assertThat(report.isConformant())
        .as("%s: %s", scenario.clauses(), report.firstForbidden().map(Execution::story))
        .isTrue();
    assertThat(report.unseen()).as("%s", scenario.clauses()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("kills")
  void find_mutantThatItKills_violatesAClauseThatTheMutantNames(
      ScenarioFile scenario, String name) {
    ScenarioExploration exploration = explore(scenario, "mutant:" + name);
    Optional<Execution<Outcome>> found = exploration.find(own(scenario));
    assertThat(found).as(name + " survives " + scenario.name()).isPresent();
    assertThat(exploration.violatedBy(found.get()))
        .as(found.get().story())
        .containsAnyElementsOf(mutant(name).violates());
  }

  /** A scenario of which a sequence of calls shows as much would be a case of the suite. */
  @ParameterizedTest
  @MethodSource("scenarios")
  void replay_scheduleWithoutInterleaving_doesNotShowSomeMutant(ScenarioFile scenario) {
    assertThat(scenario.kills())
        .anySatisfy(
            name -> {
              ScenarioExploration exploration = explore(scenario, "mutant:" + name);
              assertThat(exploration.isForbidden(exploration.replay("0"))).isFalse();
            });
  }

  static Stream<Arguments> raceKills() {
    return kills().filter(kill -> TARGETS.raceMutants().containsKey((String) kill.get()[1]));
  }

  @ParameterizedTest
  @MethodSource("raceKills")
  void replay_scheduleWithoutInterleaving_doesNotShowARace(ScenarioFile scenario, String name) {
    ScenarioExploration exploration = explore(scenario, "mutant:" + name);
    Execution<Outcome> sequential = exploration.replay("0");
    assertThat(exploration.isForbidden(sequential)).as(sequential.story()).isFalse();
  }

  static Stream<ScenarioFile> ofIommufd() {
    return scenarios().filter(scenario -> scenario.seam() == 3);
  }

  @ParameterizedTest
  @MethodSource("ofIommufd")
  void explore_iommufd_makesOneAccessToSharedStateInAStep(ScenarioFile scenario) {
    SteppedIommufdProvider iommufd = TARGETS.iommufdNamed(scenario.target()).iommufd();
    Exploration<Outcome> strict =
        Explorer.of(new PlayedIommufd(scenario, iommufd))
            .oneAccessPerStep()
            .explore(new RandomScheduler(SEED), 20);
    assertThat(strict.failure().map(Execution::story)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("ofIommufd")
  void explore_iommufd_dependsOnNothingButTheSchedule(ScenarioFile scenario) {
    SteppedIommufdProvider iommufd = TARGETS.iommufdNamed(scenario.target()).iommufd();
    var explorer = Explorer.of(new PlayedIommufd(scenario, iommufd));
    Exploration<Outcome> twice =
        explorer.explore(new RandomScheduler(SEED), 10, new ReplayedTwice<>(explorer));
    assertThat(twice.schedules()).isEqualTo(10);
  }

  @Test
  void run_exhaustiveSearch_seesNoMoreThanTheBoundDidAndClaimsAll() {
    ScenarioFile scenario = named("unmap-against-dma");
    ScenarioReport all = explore(scenario, scenario.target()).run(Search.exhaustive());
    assertThat(all.isConformant()).isTrue();
    assertThat(all.claims())
        .singleElement()
        .asString()
        .matches(
            "all schedules but for the order of independent moves: .* left early\\), complete");
    assertThat(outcomes(all))
        .containsExactlyInAnyOrderElementsOf(
            outcomes(explore(scenario, scenario.target()).run(Search.bounded(2, 1))));
    assertThat(explore(scenario, "mutant:vtd-without-drain").find(Search.exhaustive())).isPresent();
  }

  @Test
  void find_barrierDroppedWhereStoresKeepTheirOrder_isNothing() throws IOException {
    String name = "doorbell-before-entries";
    String path = "/org/iommuref/conformance/scenarios/" + name + ".yaml";
    try (InputStream file = getClass().getResourceAsStream(path)) {
      String yaml = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      ScenarioFile ordered =
          ScenarioReader.read(
              Catalogue.load(), path, name, yaml.replace("stores: unordered", "stores: total"));
      assertThat(ordered.stores()).isEqualTo(StoreOrder.TOTAL);
      assertThat(explore(ordered, "mutant:vtd-drop-write-barrier").find(own(ordered))).isEmpty();
    }
  }

  private static List<Outcome> outcomes(ScenarioReport report) {
    return report.seen().stream().map(SeenOutcome::outcome).toList();
  }

  @Test
  void raceMutants_areKilledBySomeScenario() {
    Set<String> killed =
        SCENARIOS.stream().flatMap(s -> s.kills().stream()).collect(Collectors.toSet());
    assertThat(killed).containsAll(TARGETS.raceMutants().keySet());
  }

  @Test
  void run_outcomeThatIsNotListed_isForbidden() {
    ScenarioFile scenario = named("large-page-over-table");
    ScenarioExploration exploration = explore(scenario, "mutant:vtd-always-leaf-only");
    ScenarioReport report = exploration.run(Search.bounded(0, 0));
    assertThat(report.isConformant()).isFalse();
    assertThat(report.seen())
        .anySatisfy(
            seen -> {
              assertThat(seen.rule()).isEmpty();
              assertThat(seen.isForbidden()).isTrue();
              assertThat(seen.clauses()).isEqualTo(scenario.otherwise());
            });
  }

  @Test
  void run_stageThatFindsTheForbidden_isTheLast() {
    ScenarioReport report =
        explore(named("replace-against-dma"), "mutant:vtd-replace-through-blocked")
            .run(Search.bounded(3, 0));
    assertThat(report.claims()).hasSize(1);
    assertThat(report.claims().get(0)).startsWith("all schedules with at most 1 preemption and");
  }

  @Test
  void run_nothingRequiredSeen_isUnverified() {
    ScenarioReport report = explore(named("unmap-against-dma"), "vtd").run(Search.random(SEED, 1));
    assertThat(report.isConformant()).isTrue();
    assertThat(report.isUnverified()).isTrue();
    assertThat(report.unseen()).isNotEmpty();
  }

  @Test
  void explore_targetThatLacksWhatIsNeeded_isRefused() {
    assertThatThrownBy(() -> explore(named("map-in-caching-mode"), "vtd"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("scenario map-in-caching-mode needs [CACHING_MODE], which vtd does not claim");
  }

  @Test
  void replay_scheduleOfAnotherScenario_isRefused() {
    ScenarioExploration exploration = explore(named("unmap-against-dma"), "vtd");
    assertThatThrownBy(() -> exploration.replay("9"))
        .isInstanceOf(ScenarioException.class)
        .hasMessageStartingWith("schedule 9 does not belong to this scenario");
  }

  private static ScenarioExploration explore(ScenarioFile scenario, String target) {
    return ScenarioExploration.of(scenario, TARGETS, target);
  }

  private static Search own(ScenarioFile scenario) {
    return Search.within(scenario.bound(), SEED);
  }

  private static ScenarioFile named(String name) {
    return SCENARIOS.stream().filter(s -> s.name().equals(name)).findFirst().orElseThrow();
  }

  private static Mutant mutant(String name) {
    return Optional.ofNullable(TARGETS.mutants().get(name))
        .orElseGet(() -> TARGETS.raceMutants().get(name));
  }
}
