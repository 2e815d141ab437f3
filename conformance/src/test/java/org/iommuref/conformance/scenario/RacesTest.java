package org.iommuref.conformance.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.iommuref.conformance.target.Targets;
import org.iommuref.hw.radix.TableStep;
import org.iommuref.hw.vtd.driver.DriverStep;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.tla.Models;
import org.junit.jupiter.api.Test;

class RacesTest {

  private static final Catalogue CATALOGUE = Catalogue.load();
  private static final Targets TARGETS = Targets.onClassPath();
  private static final List<ScenarioFile> SCENARIOS =
      new ScenarioLibrary(CATALOGUE)
          .all().stream().filter(s -> s.name().equals("two-destroys")).toList();
  private static final List<Mutant> MUTANTS =
      List.of(TARGETS.mutant("iommufd-r108-lookup-without-lock").orElseThrow());

  private final Races races = Races.load(CATALOGUE, TARGETS);

  @Test
  void all_haveAMutantOrAReasonForHavingNone() {
    assertThat(races.all())
        .allMatch(race -> !race.mutants().isEmpty() || race.reason().isPresent());
  }

  @Test
  void all_areInOrder() {
    assertThat(races.all().stream().map(Race::id)).isSorted();
  }

  @Test
  void steps_areRecordsOfTheDriver() {
    assertThat(races.all().stream().flatMap(race -> race.steps().stream()))
        .allMatch(name -> isStepOf(DriverStep.class, name) || isStepOf(TableStep.class, name));
  }

  @Test
  void models_haveTheirFaults() {
    List<String> faults =
        Models.load().all().stream()
            .flatMap(model -> model.faults().stream().map(fault -> model.name() + " " + fault))
            .toList();
    assertThat(races.all().stream().flatMap(race -> race.models().stream())).isSubsetOf(faults);
  }

  private static boolean isStepOf(Class<?> type, String name) {
    return Stream.of(type.getDeclaredClasses()).anyMatch(c -> c.getSimpleName().equals(name));
  }

  @Test
  void page_isTheOneThatIsKept() throws IOException {
    assertThat(races.page())
        .as("write it anew with ./iommuref list races --markdown")
        .isEqualTo(Files.readString(Path.of("scenarios", "RACES.md")));
  }

  @Test
  void read_raceWithAScenario_hasItsMutantsAndTheirClauses() {
    Race race = read("R108", "").all().get(0);
    assertThat(race.scenarios()).containsExactly("two-destroys");
    assertThat(race.mutants()).isEqualTo(MUTANTS);
    assertThat(race.clauses()).isEqualTo(MUTANTS.get(0).violates());
  }

  @Test
  void read_scenarioAndReasonForHavingNone_isRefused() {
    assertThatThrownBy(() -> read("R108", ", reason: it has none"))
        .isInstanceOf(ScenarioException.class)
        .hasMessage("scenarios/RACES.yaml:2: R108 has a scenario, and a reason for having none");
  }

  @Test
  void read_neitherScenarioNorReason_isRefused() {
    assertThatThrownBy(() -> read("R109", ""))
        .hasMessage(
            "scenarios/RACES.yaml:2: R109 has neither scenario, mutant nor model, and no reason");
  }

  @Test
  void read_twoRacesOfOneId_isRefused() {
    String twice = yaml("R108", "") + yaml("R108", "").replace("races:\n", "");
    assertThatThrownBy(() -> Races.read(CATALOGUE, SCENARIOS, MUTANTS, twice))
        .hasMessage("scenarios/RACES.yaml:3: two races are R108");
  }

  @Test
  void read_scenarioOfARaceThatIsNotListed_isRefused() {
    assertThatThrownBy(() -> read("R109", ", reason: it has none"))
        .hasMessage("two-destroys is of R108, which RACES.yaml does not list");
  }

  @Test
  void read_scenarioThatGivesAwayNoMutantOfItsRace_isRefused() {
    assertThatThrownBy(() -> Races.read(CATALOGUE, SCENARIOS, List.of(), yaml("R108", "")))
        .hasMessage("two-destroys gives away no mutant of R108");
  }

  @Test
  void read_mutantOfARaceThatIsNotListed_isRefused() {
    List<Mutant> other = List.of(MUTANTS.get(0).ofRaces("R99"));
    assertThatThrownBy(
            () -> Races.read(CATALOGUE, List.of(), other, yaml("R108", ", reason: none is here")))
        .hasMessage("iommufd-r108-lookup-without-lock is of R99, which RACES.yaml does not list");
  }

  private static Races read(String id, String more) {
    return Races.read(CATALOGUE, SCENARIOS, MUTANTS, yaml(id, more));
  }

  private static String yaml(String id, String more) {
    return "races:\n  - {id: "
        + id
        + ", title: something goes wrong, origin: [{source: linux, at: somewhere}]"
        + more
        + "}\n";
  }
}
