package org.iommuref.conformance.explain;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.iommuref.conformance.cases.Cases;
import org.iommuref.conformance.scenario.ScenarioFile;
import org.iommuref.conformance.suite.Case;
import org.iommuref.conformance.target.Target;
import org.iommuref.conformance.target.Targets;
import org.iommuref.model.iommufd.LinuxChecks;
import org.iommuref.spec.clause.Capability;
import org.iommuref.spec.clause.Catalogue;
import org.iommuref.spec.clause.Citation;
import org.iommuref.spec.clause.Citations;
import org.iommuref.spec.clause.ClauseDefinition;
import org.iommuref.spec.clause.Origin;
import org.iommuref.spec.clause.Source;

/** A clause: its text, where it comes from, and what shows, breaks, models and keeps it. */
final class ClausePage {

  private static final String TLA = "tla";

  private final Catalogue catalogue;
  private final Targets targets;
  private final List<ScenarioFile> scenarios;
  private final Citations citations;

  ClausePage(
      Catalogue catalogue, Targets targets, List<ScenarioFile> scenarios, Citations citations) {
    this.catalogue = catalogue;
    this.targets = targets;
    this.scenarios = scenarios;
    this.citations = citations;
  }

  String of(ClauseDefinition clause) {
    Page page = new Page(clause.id().toString(), clause.title());
    page.field("level", clause.level().keyword());
    page.field("rule", clause.statement());
    page.field("intent", clause.intent());
    page.field("origin", clause.origins().stream().map(this::origin).toList());
    clause.since().ifPresent(since -> page.field("since", "Linux " + since));
    page.field(
        clause.seams().size() == 1 ? "seam" : "seams",
        clause.seams().stream().map(String::valueOf).collect(Collectors.joining(", ")));
    page.field("needs", words(clause.needs()));
    page.field("check", clause.check().word());
    clause.why().ifPresent(why -> page.field("why", why));
    page.list("cases that show it", cases(clause));
    page.table("scenarios that show it", scenarios(clause));
    page.table("mutants that must break it", mutants(clause));
    page.list("models that state it", operators(clause));
    page.table("places in Java that keep or test it", places(clause));
    List<List<String>> conditions = conditions(clause);
    if (!conditions.isEmpty()) {
      page.table("conditions of the model of iommufd", conditions);
    }
    page.list("all of it", List.of("git grep " + clause.id() + ", tests of the parts included"));
    return page.toString();
  }

  /** The check lists of which a condition stands for the clause, and what it answers. */
  private static List<List<String>> conditions(ClauseDefinition clause) {
    return LinuxChecks.all().stream()
        .flatMap(
            list ->
                list.linux().list().stream()
                    .filter(check -> check.clause().equals(clause.id()))
                    .map(check -> List.of(list.name(), check.errno() + " when " + check.reason())))
        .toList();
  }

  private String origin(Origin origin) {
    String title = catalogue.source(origin.source()).map(Source::title).orElse(origin.source());
    return origin.at() + "  (" + title + ")";
  }

  private static String words(Set<Capability> needs) {
    return needs.isEmpty()
        ? "nothing"
        : needs.stream().map(Capability::toString).collect(Collectors.joining(", "));
  }

  /** Which cases there are depends on what a target claims: those for any of ours. */
  private List<String> cases(ClauseDefinition clause) {
    Map<String, Case> byName = new LinkedHashMap<>();
    Cases cases = new Cases();
    for (int seam : clause.seams()) {
      for (String name : targets.names(seam)) {
        try (Target target = targets.named(name, seam)) {
          cases.directed(seam, target).stream()
              .filter(one -> one.clause().equals(clause.id()))
              .forEach(one -> byName.putIfAbsent(one.name(), one));
        }
      }
    }
    return byName.values().stream().map(ClausePage::inWords).toList();
  }

  private static String inWords(Case one) {
    TreeSet<Capability> needs = new TreeSet<>(one.needs());
    TreeSet<Capability> lacks = new TreeSet<>(one.lacks());
    return one.name()
        + (needs.isEmpty() ? "" : "; needs " + words(needs))
        + (lacks.isEmpty() ? "" : "; without " + words(lacks));
  }

  private List<List<String>> scenarios(ClauseDefinition clause) {
    return scenarios.stream()
        .filter(scenario -> scenario.clauses().contains(clause.id()))
        .map(scenario -> List.of(scenario.name(), scenario.title()))
        .toList();
  }

  private List<List<String>> mutants(ClauseDefinition clause) {
    return Stream.of(targets.mutants(), targets.raceMutants())
        .flatMap(mutants -> mutants.values().stream())
        .filter(mutant -> mutant.violates().contains(clause.id()))
        .map(mutant -> List.of(mutant.name(), mutant.title()))
        .toList();
  }

  private List<String> operators(ClauseDefinition clause) {
    return citations.of(clause.id()).stream()
        .filter(citation -> citation.module().equals(TLA))
        .map(Citation::element)
        .toList();
  }

  private List<List<String>> places(ClauseDefinition clause) {
    return citations.of(clause.id()).stream()
        .filter(citation -> !citation.module().equals(TLA))
        .map(citation -> List.of(citation.module(), brief(citation.element())))
        .toList();
  }

  /** The element with its parameters' types without their packages. */
  private static String brief(String element) {
    int parameters = element.indexOf('(');
    return parameters < 0
        ? element
        : element.substring(0, parameters)
            + element.substring(parameters).replaceAll("\\b[a-z]\\w*\\.", "");
  }
}
