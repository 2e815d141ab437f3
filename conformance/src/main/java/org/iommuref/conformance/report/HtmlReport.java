package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.iommuref.conformance.target.Layer;

/**
 * {@code report.html}: the report as one page that needs no network; scripts in it only filter.
 *
 * <p>Drawn from the JSON of {@code report.json} alone.
 */
final class HtmlReport {

  private static final Template TEMPLATE = Template.named("report.html.mustache");

  private final JsonNode report;

  /** What the template takes. */
  record Page(
      Outcome outcome,
      String settings,
      List<TargetCard> targets,
      List<FailureCard> failures,
      List<ClauseRow> rows,
      List<Filter> filters) {

    boolean hasFailures() {
      return !failures.isEmpty();
    }

    boolean hasRows() {
      return !rows.isEmpty();
    }

    boolean several() {
      return targets.size() > 1;
    }

    String names() {
      return String.join(", ", targets.stream().map(TargetCard::name).toList());
    }
  }

  /** An exit code in words, and its class in the style sheet. */
  record Outcome(String word, String style) {

    static Outcome of(int exit) {
      return switch (exit) {
        case Exit.CONFORMANT -> new Outcome("conformant", "pass");
        case Exit.NOT_CONFORMANT -> new Outcome("not conformant", "fail");
        case Exit.UNVERIFIED -> new Outcome("unverified", "unverified");
        default -> new Outcome("broken harness", "broken");
      };
    }
  }

  /** A verdict by which clauses are shown or hidden, and how the page begins. */
  record Filter(String word, boolean shown) {}

  private HtmlReport(JsonNode report) {
    this.report = report;
  }

  /** The file that a report comes to. */
  static byte[] of(ObjectNode report) {
    return TEMPLATE.with(new HtmlReport(report).page());
  }

  private Page page() {
    JsonNode targets = report.path("targets");
    JsonNode clauses = report.path("clauses");
    List<TargetCard> cards = new ArrayList<>();
    List<FailureCard> failures = new ArrayList<>();
    for (int i = 0; i < targets.size(); i++) {
      JsonNode target = targets.path(i);
      cards.add(TargetCard.of(target));
      for (JsonNode failure : target.path("failures")) {
        String clause = failure.path("clause").asText();
        failures.add(FailureCard.of(i, target, (ObjectNode) failure, clauses.path(clause)));
      }
    }
    List<ClauseRow> rows = new ArrayList<>();
    for (Map.Entry<String, JsonNode> clause : clauses.properties()) {
      rows.add(ClauseRow.of(clause.getKey(), clause.getValue(), targets));
    }
    return new Page(
        Outcome.of(report.path("exit").asInt()), settings(), cards, failures, rows, filters(rows));
  }

  private String settings() {
    JsonNode settings = report.path("settings");
    List<String> globs = texts(settings.path("clauses"));
    int seam = settings.path("seam").asInt();
    List<String> words = new ArrayList<>();
    words.add(globs.isEmpty() ? "all clauses" : "clauses " + String.join(" ", globs));
    words.add("seed " + settings.path("seed").asText());
    if (seam == Layer.BACKEND.seam()) { // those of the other seams are written, none is generated
      words.add(settings.path("cases").asInt() + " generated cases");
    }
    words.add(settings.path("caches").asText() + " caches");
    words.add("seam " + seam);
    return String.join(", ", words);
  }

  /**
   * The verdicts that occur; where any was judged, the clauses that were not are hidden at first.
   */
  private static List<Filter> filters(List<ClauseRow> rows) {
    List<Verdict> seen =
        Arrays.stream(Verdict.values())
            .filter(verdict -> rows.stream().anyMatch(row -> row.has(verdict.word())))
            .toList();
    boolean all = seen.stream().noneMatch(Verdict::isJudged);
    return seen.stream()
        .map(verdict -> new Filter(verdict.word(), all || verdict.isJudged()))
        .toList();
  }

  static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.asText()));
    return texts;
  }

  /** The origins of a clause, each with its source. */
  static List<String> origins(JsonNode clause) {
    List<String> origins = new ArrayList<>();
    for (JsonNode origin : clause.path("origin")) {
      origins.add(origin.path("source").asText() + ": " + origin.path("at").asText());
    }
    return origins;
  }
}
