package org.iommuref.conformance.explain;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.iommuref.conformance.scenario.Call;
import org.iommuref.conformance.scenario.CallThread;
import org.iommuref.conformance.scenario.OutcomeRule;
import org.iommuref.conformance.scenario.ScenarioFile;
import org.iommuref.conformance.target.Targets;
import org.iommuref.spec.clause.ClauseId;
import org.iommuref.spec.spi.Mutant;
import org.iommuref.spec.spi.RaceId;

/** A scenario: what races, what may come of it, and which mutants it gives away. */
final class ScenarioPage {

  private ScenarioPage() {}

  static String of(ScenarioFile scenario, Targets targets) {
    return new Page(scenario.name(), scenario.title())
        .field("run by", "./iommuref explore " + scenario.name())
        .field("seam", String.valueOf(scenario.seam()))
        .field("target", scenario.target())
        .field("stores", scenario.stores().word())
        .field("story", scenario.story())
        .field(
            "origin",
            scenario.origin().stream().map(o -> o.at() + "  (" + o.source() + ")").toList())
        .field("races", scenario.races().stream().map(RaceId::toString).toList())
        .table("before", calls("set-up", scenario.setUp()))
        .table("what races", threads(scenario))
        .table("afterwards", calls("at rest", scenario.afterwards()))
        .table("outcomes", outcomes(scenario))
        .table("mutants that it gives away", mutants(scenario, targets))
        .toString();
  }

  private static List<List<String>> threads(ScenarioFile scenario) {
    List<List<String>> rows = new ArrayList<>();
    for (CallThread thread : scenario.threads()) {
      rows.addAll(calls(thread.name(), thread.calls()));
    }
    return rows;
  }

  private static List<List<String>> calls(String who, List<Call> calls) {
    List<List<String>> rows = new ArrayList<>();
    for (Call call : calls) {
      String result = call.as() == null ? "" : "  -> " + call.as();
      String words = call.words().replace("  ", " ");
      rows.add(List.of(rows.isEmpty() ? who : "", words + result));
    }
    return rows;
  }

  private static List<List<String>> outcomes(ScenarioFile scenario) {
    List<List<String>> rows = new ArrayList<>();
    for (OutcomeRule rule : scenario.outcomes()) {
      String clauses = rule.shows().isEmpty() ? "" : "; " + ids(rule.shows());
      rows.add(
          List.of(
              rule.verdict().name().toLowerCase(Locale.ROOT),
              when(rule) + clauses + "; " + rule.why()));
    }
    rows.add(List.of("forbidden", "anything else; " + ids(scenario.otherwise())));
    return rows;
  }

  private static String when(OutcomeRule rule) {
    return new TreeMap<>(rule.when())
        .entrySet().stream()
            .map(result -> result.getKey() + "=" + result.getValue())
            .collect(Collectors.joining(", "));
  }

  private static String ids(List<ClauseId> clauses) {
    return clauses.stream().map(ClauseId::toString).collect(Collectors.joining(" "));
  }

  private static List<List<String>> mutants(ScenarioFile scenario, Targets targets) {
    return scenario.kills().stream()
        .map(name -> List.of(name, targets.mutant(name).map(Mutant::title).orElse("")))
        .toList();
  }
}
