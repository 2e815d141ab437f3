package org.iommuref.conformance.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.RaceId;

/**
 * All races that there is something to say of: {@code conformance/scenarios/RACES.yaml} says what
 * each is, scenarios and mutants say which they show and bring about. Immutable.
 */
public final class Races {

  private static final String FILE = "RACES.yaml";
  private static final String HEAD =
      """
      # Races

      What goes wrong where an order of steps or a lock is not kept, the steps of a driver that it is about, the scenarios and the
      faults of models that show it, and the mutants that bring it about with the clauses that they break. A mutant of a race without
      a scenario is killed by the suite, by those clauses; a race without mutants says why. Generated from `RACES.yaml`, the scenarios
      and the mutants by `./iommuref list races --markdown`; `./iommuref explore SCENARIO --mutants` shows them.

      | race | what goes wrong | who says so | driver steps | scenarios | models | mutants, and the clauses that they break |
      |---|---|---|---|---|---|---|
      """;

  private final Map<RaceId, Race> races;

  private Races(Map<RaceId, Race> races) {
    this.races = races;
  }

  /**
   * The races of this module with its scenarios and the mutants of the class path.
   *
   * @throws ScenarioException if a scenario or a mutant is of a race that is not listed, a scenario
   *     is of a race and gives away no mutant of it, a race has a scenario and a reason for having
   *     none, or it has no scenario, no mutant, no model and no reason
   */
  public static Races load(Catalogue catalogue, Targets targets) {
    List<ScenarioFile> scenarios = new ScenarioLibrary(catalogue).all();
    List<Mutant> mutants =
        Stream.of(targets.mutants(), targets.raceMutants())
            .flatMap(byName -> byName.values().stream())
            .toList();
    return read(catalogue, scenarios, mutants, ScenarioLibrary.resource(FILE));
  }

  static Races read(
      Catalogue catalogue, List<ScenarioFile> scenarios, List<Mutant> mutants, String yaml) {
    YamlEntry file = YamlEntry.read(ScenarioLibrary.FOLDER + FILE, yaml);
    file.allowOnly(Set.of("races"));
    Map<RaceId, Race> races = new LinkedHashMap<>();
    for (YamlEntry entry : file.atLeastOne("races")) {
      Race race = race(catalogue, scenarios, mutants, entry);
      if (races.put(race.id(), race) != null) {
        throw entry.wrong("id", "two races are " + race.id());
      }
    }
    scenarios.forEach(scenario -> requireMutants(scenario, races));
    mutants.forEach(mutant -> requireListed(mutant.name(), mutant.races(), races));
    return new Races(races);
  }

  private static Race race(
      Catalogue catalogue, List<ScenarioFile> scenarios, List<Mutant> mutants, YamlEntry entry) {
    entry.allowOnly(Set.of("id", "title", "origin", "reason", "steps", "models"));
    RaceId id = RaceId.parse(entry.text("id"));
    List<String> showing =
        scenarios.stream().filter(s -> s.races().contains(id)).map(ScenarioFile::name).toList();
    List<Mutant> bringing = mutants.stream().filter(m -> m.races().contains(id)).toList();
    List<String> models = entry.has("models") ? entry.texts("models") : List.of();
    if (entry.has("reason") && !showing.isEmpty()) {
      throw entry.wrong("reason", id + " has a scenario, and a reason for having none");
    }
    if (!entry.has("reason") && showing.isEmpty() && bringing.isEmpty() && models.isEmpty()) {
      throw entry.wrong("id", id + " has neither scenario, mutant nor model, and no reason");
    }
    return new Race(
        id,
        entry.text("title"),
        entry.origins(catalogue),
        showing,
        bringing,
        entry.has("steps") ? entry.texts("steps") : List.of(),
        models,
        entry.has("reason") ? Optional.of(entry.text("reason")) : Optional.empty());
  }

  private static void requireMutants(ScenarioFile scenario, Map<RaceId, Race> races) {
    requireListed(scenario.name(), scenario.races(), races);
    for (RaceId id : scenario.races()) {
      List<Mutant> ofRace = Objects.requireNonNull(races.get(id)).mutants();
      if (ofRace.stream().noneMatch(mutant -> scenario.kills().contains(mutant.name()))) {
        throw new ScenarioException(scenario.name() + " gives away no mutant of " + id);
      }
    }
  }

  private static void requireListed(String name, List<RaceId> ids, Map<RaceId, Race> races) {
    for (RaceId id : ids) {
      if (!races.containsKey(id)) {
        throw new ScenarioException(name + " is of " + id + ", which " + FILE + " does not list");
      }
    }
  }

  /** All of them, in the order of the file. */
  public List<Race> all() {
    return new ArrayList<>(races.values());
  }

  /** All of it as Markdown; lines end with {@code \n}. */
  public String page() {
    StringBuilder page = new StringBuilder(HEAD);
    races.values().forEach(race -> page.append(line(race)));
    return page.toString();
  }

  private static String line(Race race) {
    return Stream.of(
            race.id().toString(),
            race.title(),
            each(race.origin().stream().map(origin -> origin.at() + " (" + origin.source() + ")")),
            each(race.steps().stream()),
            race.reason().map(why -> "*none: " + why + "*").orElseGet(() -> names(race)),
            each(race.models().stream()),
            each(race.mutants().stream().map(Races::words)))
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static String names(Race race) {
    return each(race.scenarios().stream().map(name -> "[" + name + "](" + name + ".yaml)"));
  }

  private static String words(Mutant mutant) {
    return "`"
        + mutant.name()
        + "`: "
        + mutant.violates().stream().map(ClauseId::toString).collect(Collectors.joining(" "));
  }

  private static String each(Stream<String> words) {
    return words.collect(Collectors.joining("; "));
  }
}
