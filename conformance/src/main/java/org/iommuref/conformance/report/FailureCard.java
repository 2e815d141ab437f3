package org.iommuref.conformance.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A failure on the page: rule, sequence, reason, drawing, replay. */
record FailureCard(
    String anchor,
    String clause,
    String title,
    String target,
    String statement,
    String intent,
    List<String> origins,
    List<StepLine> steps,
    String expected,
    String seen,
    String why,
    String found,
    String replay,
    Known known,
    List<TableWalk.Box> walk) {

  /** One step; the last is the one that fails. */
  record StepLine(int number, String name, String arguments, String answer, boolean last) {}

  /** What a list of known failures says of it; all empty if it is not on one. */
  record Known(String seen, String says, String source, String confidence) {}

  boolean hasWalk() {
    return !walk.isEmpty();
  }

  boolean isKnown() {
    return !known.seen().isEmpty();
  }

  /** The anchor of a clause's failure on a target. */
  static String anchor(int target, String clause) {
    return "failure-" + (target + 1) + "-" + clause;
  }

  static FailureCard of(int index, JsonNode target, ObjectNode json, JsonNode clause) {
    Failure failure = FailureFile.of(json).failure();
    String id = failure.clause().toString();
    return new FailureCard(
        anchor(index, id),
        id,
        failure.title(),
        failure.target(),
        clause.path("statement").asText(),
        clause.path("intent").asText(),
        HtmlReport.origins(clause),
        steps(failure),
        failure.expected(),
        failure.seen(),
        failure.why(),
        FailureText.howFound(failure),
        json.path("replay").asText(),
        known(target.path("known"), id),
        TableWalk.of(target.path("claims"), json));
  }

  private static List<StepLine> steps(Failure failure) {
    List<StepLine> lines = new ArrayList<>();
    for (int i = 0; i < failure.steps().size(); i++) {
      List<String> parts = Words.partsOf(failure.steps().get(i));
      lines.add(
          new StepLine(
              i + 1,
              parts.get(0),
              String.join("  ", parts.subList(1, parts.size())),
              failure.answers().get(i),
              i == failure.steps().size() - 1));
    }
    return lines;
  }

  private static Known known(JsonNode entries, String clause) {
    for (JsonNode entry : entries) {
      if (entry.path("clause").asText().equals(clause)) {
        return new Known(
            entry.path("seen").asText(),
            entry.path("says").asText(),
            entry.path("source").asText(),
            entry.path("confidence").asText());
      }
    }
    return new Known("", "", "", "");
  }
}
