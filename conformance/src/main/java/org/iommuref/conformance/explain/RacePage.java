package org.iommuref.conformance.explain;

import java.util.ArrayList;
import java.util.List;
import org.iommuref.conformance.scenario.Race;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;

/** A race: what goes wrong, and the commands that show it. */
final class RacePage {

  private RacePage() {}

  static String of(Race race, Targets targets, Catalogue catalogue) {
    Page page = new Page(race.id().toString(), race.title());
    page.field(
        "origin", race.origin().stream().map(o -> o.at() + "  (" + o.source() + ")").toList());
    page.field("steps", race.steps());
    race.reason().ifPresent(why -> page.field("unseen", why));
    return page.list("shown by", commands(race, targets))
        .table("mutants that bring it about", mutants(race))
        .table("clauses that they break", clauses(race, catalogue))
        .toString();
  }

  private static List<String> commands(Race race, Targets targets) {
    List<String> commands = new ArrayList<>();
    race.scenarios().forEach(name -> commands.add("./iommuref explore " + name + " --mutants"));
    for (String model : race.models()) {
      commands.add("./iommuref check " + model.replace(" ", " --fault "));
    }
    race.mutants().stream()
        .filter(mutant -> targets.mutants().containsKey(mutant.name()))
        .map(m -> "./iommuref conform" + MutantPage.seam(m) + " --target mutant:" + m.name())
        .forEach(commands::add);
    return commands;
  }

  private static List<List<String>> mutants(Race race) {
    return race.mutants().stream().map((Mutant m) -> List.of(m.name(), m.title())).toList();
  }

  private static List<List<String>> clauses(Race race, Catalogue catalogue) {
    return race.clauses().stream()
        .flatMap((ClauseId id) -> catalogue.find(id).stream())
        .map((ClauseDefinition clause) -> List.of(clause.id().toString(), clause.title()))
        .toList();
  }
}
