package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * {@code junit.xml}: the report as test results, one for each clause and target.
 *
 * <p>A clause without a verdict of its own (not claimed, unverified, untested) and a failure that
 * was expected are skipped tests with their reason; an expectation that is not met is a failure, a
 * broken harness an error.
 */
final class JunitXml {

  private static final Template TEMPLATE = Template.named("junit.xml.mustache");

  private final JsonNode clauses;

  /** What the template takes: a suite for each target. */
  record Suites(List<Suite> suites) {}

  /** A target. */
  record Suite(String name, List<Test> tests) {

    int count() {
      return tests.size();
    }

    long failures() {
      return count("failure");
    }

    long errors() {
      return count("error");
    }

    long skipped() {
      return count("skipped");
    }

    private long count(String element) {
      return tests.stream().filter(test -> test.element().equals(element)).count();
    }
  }

  /** A clause; {@code element} is empty for a pass. */
  record Test(String classname, String name, String element, String message, String text) {

    boolean passed() {
      return element.isEmpty();
    }
  }

  private JunitXml(JsonNode clauses) {
    this.clauses = clauses;
  }

  /** The file that a report comes to. */
  static byte[] of(ObjectNode report) {
    JunitXml xml = new JunitXml(report.path("clauses"));
    List<Suite> suites = new ArrayList<>();
    report.path("targets").forEach(target -> suites.add(xml.suite(target)));
    return TEMPLATE.with(new Suites(suites));
  }

  private Suite suite(JsonNode target) {
    String name = target.path("target").asText();
    List<Test> tests = new ArrayList<>();
    if (target.has("problem")) {
      tests.add(new Test(name, "hello", "error", target.path("problem").asText(), ""));
    }
    Map<String, JsonNode> failures = byClause(target.path("failures"));
    Map<String, JsonNode> known = byClause(target.path("known"));
    for (JsonNode verdict : target.path("verdicts")) {
      String clause = verdict.path("clause").asText();
      tests.add(test(name, verdict, failures.get(clause), known.remove(clause)));
    }
    known.forEach(
        (clause, entry) ->
            tests.add(new Test(name, clause, "failure", entry.path("problem").asText(), "")));
    return new Suite(name, tests);
  }

  private static Map<String, JsonNode> byClause(JsonNode entries) {
    Map<String, JsonNode> byClause = new TreeMap<>();
    entries.forEach(entry -> byClause.put(entry.path("clause").asText(), entry));
    return byClause;
  }

  private Test test(
      String target, JsonNode verdict, @Nullable JsonNode failure, @Nullable JsonNode known) {
    String clause = verdict.path("clause").asText();
    String name = clause + " " + clauses.path(clause).path("title").asText();
    String reason = verdict.path("reason").asText();
    String word = verdict.path("verdict").asText();
    if (known != null && !known.path("problem").asText().isEmpty()) {
      return new Test(target, name, "failure", known.path("problem").asText(), "");
    }
    if (known != null) {
      return new Test(target, name, "skipped", "known failure: " + known.path("seen").asText(), "");
    }
    if (failure != null) {
      String message =
          "allowed: "
              + failure.path("expected").asText()
              + "; seen: "
              + failure.path("seen").asText();
      return new Test(target, name, "failure", message, text(clause, failure));
    }
    return switch (word) {
      case "pass" -> new Test(target, name, "", "", "");
      case "broken" -> new Test(target, name, "error", reason, "");
      default -> new Test(target, name, "skipped", word + ": " + reason, "");
    };
  }

  private String text(String clause, JsonNode failure) {
    String rule = clauses.path(clause).path("statement").asText();
    List<String> lines = FailureText.lines(FailureFile.of((ObjectNode) failure).failure(), rule);
    return String.join("\n", lines)
        + "\n  again:   ./iommuref replay <report>/"
        + failure.path("replay").asText();
  }
}
